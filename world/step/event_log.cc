#include "world/step/event_log.h"

#include <algorithm>

namespace world::step {

namespace {

// A pair that already lay together is struck anew only by a real blow, not by a shifting load.
constexpr double kBlowAtRest = 0.2;  // m/s

double contact_time(const Dynamics& d, const Touch& touch, const Impact& impact, const Material& ma,
                    const Material& mb) {
    const auto inverse_mass = [&](int i) {
        return d.models[i].motion == Motion::Dynamic ? d.models[i].inverse_mass : 0.0;
    };
    const double inverse = inverse_mass(touch.key.a) + inverse_mass(touch.key.b);
    // Blunt bodies: a corner radius of a tenth of their reach; balls: their radius.
    const auto curvature = [&](int i) {
        const CompiledShape& s = *d.models[i].shape;
        if (s.is_ball) return 1 / s.ball_radius;
        return d.models[i].motion == Motion::Static ? 0.0 : 1 / std::max(0.1 * s.reach, 1e-4);
    };
    const double bend = curvature(touch.key.a) + curvature(touch.key.b);
    const auto compliance = [](const Material& m) {
        return (1 - m.poisson_ratio * m.poisson_ratio) / m.youngs_modulus_pa;
    };
    return hertz_duration_s(1 / std::max(inverse, 1e-9), 1 / std::max(bend, 1e-3),
                            1 / (compliance(ma) + compliance(mb)), impact.closing_mps);
}

}  // namespace

double hertz_duration_s(double reduced_mass_kg, double reduced_radius_m, double modulus_pa,
                        double speed_mps) {
    return 2.87 *
           std::pow(reduced_mass_kg * reduced_mass_kg /
                        (reduced_radius_m * modulus_pa * modulus_pa * std::max(speed_mps, 1e-3)),
                    0.2);
}

void EventLog::impact(const Dynamics& d, const Impact& impact) {
    const Touch& touch = d.touches[impact.touch];
    if (impact.closing_mps <= d.settings.contact_speed_mps) return;
    if (impact.had_rested && impact.closing_mps < kBlowAtRest) return;
    const double impulse = length(impact.impulse);
    if (impulse <= 0) return;
    int a = touch.key.a, b = touch.key.b;
    int part_a = touch.key.part_a, part_b = touch.key.part_b;
    if (d.models[a].motion == Motion::Static && d.models[b].motion != Motion::Static) {
        std::swap(a, b), std::swap(part_a, part_b);
    }
    Event event;
    event.t_s = d.time_s() + impact.time_s;
    event.kind = EventKind::Contact;
    event.a = d.models[a].part_event_name[part_a];
    event.b = d.models[b].part_event_name[part_b];
    event.impulse_Ns = impulse;
    event.position_m = impact.position;
    const Material& ma = *d.materials.materials[d.models[a].part_material[part_a]];
    const Material& mb = *d.materials.materials[d.models[b].part_material[part_b]];
    event.material_a = ma.name, event.material_b = mb.name;
    event.body_a = a, event.body_b = b;
    event.closing_speed_mps = impact.closing_mps;
    event.duration_s = contact_time(d, touch, impact, ma, mb);
    for (Event& known : waiting_) {
        if (known.kind != EventKind::Contact) continue;
        const bool same = (known.a == event.a && known.b == event.b) ||
                          (known.a == event.b && known.b == event.a);
        if (!same || event.t_s > known.t_s + d.settings.merge_s) continue;
        known.impulse_Ns += impulse;
        known.t_s = std::min(known.t_s, event.t_s);
        if (event.closing_speed_mps > known.closing_speed_mps) {
            known.closing_speed_mps = event.closing_speed_mps;
            known.position_m = event.position_m;
            known.duration_s = event.duration_s;
        }
        return;
    }
    waiting_.push_back(event);
}

void EventLog::settle(double now_s, double merge_s, bool flush) {
    if (waiting_.empty()) return;
    std::stable_sort(waiting_.begin(), waiting_.end(),
                     [](const Event& a, const Event& b) { return a.t_s < b.t_s; });
    size_t final = 0;
    while (final < waiting_.size() && (flush || waiting_[final].t_s + merge_s < now_s)) ++final;
    outbox_.insert(outbox_.end(), waiting_.begin(), waiting_.begin() + static_cast<long>(final));
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<long>(final));
}

std::vector<Event> EventLog::take() {
    std::vector<Event> out;
    out.swap(outbox_);
    return out;
}

}  // namespace world::step
