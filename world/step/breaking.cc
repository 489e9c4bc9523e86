#include "world/step/breaking.h"

#include "base/core/random.h"
#include "world/step/sleeping.h"

namespace world::step {

namespace {

// Share of the blow's kick that drives shards apart; glass sprays, most energy makes new surface
// and sound (a few tenths is what high-speed films show; a picture's figure, not a law).
constexpr double kSpray = 0.35;

void apply_at(Dynamics& d, int body, Vec3 impulse, Vec3 at) {
    RigidState& s = d.bodies[body];
    s.v += impulse * d.now[body].inverse_mass;
    s.w += d.now[body].inverse_inertia * cross(at - s.x, impulse);
}

void shatter(Dynamics& d, int body, const Impact& blow, double impulse_Ns) {
    RigidState& parent = d.bodies[body];
    const Body& model = d.scene.bodies[body];
    const base::Transform start = model.pose;
    const Vec3 com = d.models[body].shape->centre_of_mass;
    const base::Transform now{parent.x - parent.q.rotate(com), parent.q};
    const base::Transform moved = now * start.inverse();
    const double kick = kSpray * impulse_Ns / d.models[body].mass;
    base::Rng random(base::hash_combine(d.scene.seed, base::hash_text(model.name)), 7);
    const double size = std::max(d.models[body].shape->reach, 1e-3);
    wake_island(d, body);
    for (const Touch& t : d.touches) {  // what leant on it may fall
        if (t.key.a == body) wake_island(d, t.key.b);
        if (t.key.b == body) wake_island(d, t.key.a);
    }
    for (BodyIndex index : model.shards) {
        RigidState& s = d.bodies[index];
        const base::Transform pose = moved * d.scene.bodies[index].pose;
        s.hidden = false;
        s.awake = true;
        s.quiet_s = 0;
        s.q = pose.rotation;
        s.x = pose.apply(d.models[index].shape->centre_of_mass);
        s.old_x = s.x, s.old_q = s.q;
        const Vec3 arm = s.x - parent.x;
        const Vec3 away = s.x - blow.position;
        const double near = 1 / (1 + length(away) / size);
        const Vec3 jitter{random.normal(), random.normal(), random.normal()};
        s.v = parent.v + cross(parent.w, arm) +
              (normalize(away) + jitter * 0.25) * (kick * near * near);
        s.w = parent.w + jitter * (0.5 * kick * near / size);
        refresh_now(d, index);
        d.now[index].shift = s.v * -d.h();  // they start to move with the next step
    }
    parent.hidden = true;
    parent.awake = false;
    parent.v = parent.w = {};
    refresh_now(d, body);
    d.pairs_dirty = true;
}

}  // namespace

double breaking_impulse_Ns(const Dynamics& d, int body) {
    const Body& b = d.scene.bodies[body];
    if (b.break_impulse_Ns > 0) return b.break_impulse_Ns;
    const Vec3 area = d.models[body].shape->face_area_m2;
    const double solid =
        material(b.material).fracture_impulse_Nspm2 * (area.x + area.y + area.z) / 3;
    // A vessel is as thin as it is light for its size: what stops it from a fall of a hand's length
    // or two on a hard floor is the most that its walls bear.
    constexpr double kVesselSpeed_mps = 2.4;
    if (solid > 0 && b.shape->hollow && d.models[body].mass > 0)
        return std::min(solid, kVesselSpeed_mps * d.models[body].mass);
    return solid;
}

std::vector<int> break_bodies(Dynamics& d, ContactSolver& contacts, std::vector<Impact>& impacts,
                              EventLog& log) {
    std::vector<int> broken;
    for (Impact& impact : impacts) {
        const TouchKey key = d.touches[impact.touch].key;
        for (int body : {key.a, key.b}) {
            const Body& b = d.scene.bodies[body];
            if (!b.breakable || b.shards.empty() || d.bodies[body].hidden) continue;
            const double limit = breaking_impulse_Ns(d, body);
            const double impulse = length(impact.impulse);
            if (limit <= 0 || impulse <= limit) continue;
            const Vec3 excess = impact.impulse * (1 - limit / impulse);
            apply_at(d, key.b, -excess, impact.position);
            apply_at(d, key.a, excess, impact.position);
            impact.impulse = impact.impulse - excess;
            shatter(d, body, impact, impulse);
            contacts.drop(body);
            broken.push_back(body);
            Event event;
            event.t_s = d.time_s() + impact.time_s;
            event.kind = EventKind::Break;
            const int other = body == key.a ? key.b : key.a;
            event.a = b.name;
            event.b = d.models[other].part_event_name[other == key.a ? key.part_a : key.part_b];
            event.impulse_Ns = length(impact.impulse);
            event.position_m = impact.position;
            event.material_a = b.material;
            event.body_a = body, event.body_b = other;
            event.closing_speed_mps = impact.closing_mps;
            log.add(event);
        }
    }
    return broken;
}

}  // namespace world::step
