#include "sound/source/from_shot.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/room/listener.h"
#include "sound/source/footstep.h"
#include "sound/source/friction.h"
#include "sound/source/impact.h"
#include "sound/source/line.h"
#include "sound/source/rush.h"
#include "sound/source/shatter.h"
#include "sound/source/splash.h"

namespace sound {
namespace {

constexpr double kCommonPeak = 0.5;
constexpr double kRide = 0.75;
constexpr double kInaudible = 0.003;    // of the shot's loudest: -50 dB
constexpr int64_t kFrictionStep = 240;  // 5 ms between control points
constexpr int64_t kFrictionGap = 7200;  // 150 ms apart is another slide

std::string_view part_of(std::string_view name) {
    const size_t dot = name.find('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

RingBody partner(const ShotSound& shot, int body, const std::string& name,
                 const std::string& material) {
    if (shot.scene && body >= 0 && body < static_cast<int>(shot.scene->bodies.size()))
        return ring_body(shot.scene->bodies[static_cast<size_t>(body)], part_of(name), material);
    return ring_part(name, material);
}

uint64_t body_seed(const ShotSound& shot, const std::string& name) {
    return base::hash_combine(shot.seed, base::hash_text(name));
}

base::Vec3 velocity_of(const ShotSound& shot, int body, double t_s) {
    for (const BodyTrack& track : shot.tracks) {
        if (track.body != body || track.samples.empty()) continue;
        const auto at =
            std::lower_bound(track.samples.begin(), track.samples.end(), t_s,
                             [](const world::TrackSample& s, double t) { return s.t_s < t; });
        return at == track.samples.end() ? track.samples.back().velocity_mps : at->velocity_mps;
    }
    return {};
}

// Slow motion is heard lower and longer in films, though not by its full factor.
double slow_pitch(const ShotSound& shot) {
    return std::pow(std::clamp(shot.time_scale, 0.05, 1.0), 0.3);
}
double slow_stretch(const ShotSound& shot) {
    return std::pow(std::clamp(shot.time_scale, 0.05, 1.0), -0.4);
}

double pitch_of(const ShotSound& shot, const world::Event& event) {
    return slow_pitch(shot) * doppler_ratio(ear_at(shot.ear, event.t_s), event.position_m,
                                            velocity_of(shot, event.body_a, event.t_s));
}

bool broken(const ShotSound& shot, int body, double t_s) {
    return body >= 0 && std::any_of(shot.events.begin(), shot.events.end(), [&](const auto& e) {
               return e.kind == world::EventKind::Break && e.body_a == body && e.t_s < t_s + 0.01;
           });
}

BlowSpec blow_of(const ShotSound& shot, const world::Event& event, size_t index) {
    BlowSpec blow;
    blow.a = partner(shot, event.body_a, event.a, event.material_a);
    blow.b = partner(shot, event.body_b, event.b, event.material_b);
    blow.impulse_Ns = event.impulse_Ns;
    blow.closing_speed_mps = event.closing_speed_mps;
    blow.duration_s = event.duration_s;
    blow.body_seed_a = body_seed(shot, event.a);
    blow.body_seed_b = body_seed(shot, event.b);
    blow.strike_seed = base::hash_combine(shot.seed, index + 1);
    blow.pitch = pitch_of(shot, event);
    blow.decay_stretch = slow_stretch(shot);
    // What breaks in this blow, or broke before, does not ring as a whole any more.
    if (broken(shot, event.body_a, event.t_s)) blow.a.contact_loss += 0.25;
    if (broken(shot, event.body_b, event.t_s)) blow.b.contact_loss += 0.25;
    if (shot.events.size() > 300) blow.most_modes = 16;
    return blow;
}

ShatterSpec shatter_of(const ShotSound& shot, const world::Event& event, size_t index) {
    ShatterSpec spec;
    spec.body = partner(shot, event.body_a, event.a, event.material_a);
    if (shot.scene && event.body_a >= 0 &&
        event.body_a < static_cast<int>(shot.scene->bodies.size()))
        spec.pieces =
            static_cast<int>(shot.scene->bodies[static_cast<size_t>(event.body_a)].shards.size());
    spec.impulse_Ns = event.impulse_Ns;
    spec.speed_mps = event.closing_speed_mps;
    spec.seed = base::hash_combine(shot.seed, index + 1);
    spec.pitch = pitch_of(shot, event);
    spec.decay_stretch = slow_stretch(shot);
    return spec;
}

SplashSpec splash_of(const ShotSound& shot, const world::Event& event, size_t index) {
    const RingBody body = partner(shot, event.body_a, event.a, event.material_a);
    SplashSpec spec;
    spec.size_m = body.size_m();
    spec.mass_kg = body.mass_kg;
    spec.speed_mps = event.closing_speed_mps > 0
                         ? event.closing_speed_mps
                         : std::min(event.impulse_Ns / std::max(body.mass_kg, 1e-3), 15.0);
    spec.seed = base::hash_combine(shot.seed, index + 1);
    spec.pitch = pitch_of(shot, event);
    return spec;
}

StepSpec step_of(const ShotSound& shot, const world::Event& event, size_t index) {
    StepSpec spec;
    spec.floor = event.material_b.empty() ? shot.room.floor_material : event.material_b;
    spec.shoe = event.material_a.empty() ? "rubber" : std::string_view(event.material_a);
    if (spec.floor == "ice" && spec.shoe == "rubber")
        spec.shoe = "steel";  // nobody skates in trainers
    spec.impulse_Ns = event.impulse_Ns;
    spec.seed = base::hash_combine(shot.seed, index + 1);
    spec.pitch = pitch_of(shot, event);
    spec.decay_stretch = slow_stretch(shot);
    return spec;
}

constexpr double kSwishPeak = 0.12;

// Peak at 1 m; 0 = makes no sound.
double amplitude_of(const ShotSound& shot, const world::Event& event, size_t index) {
    switch (event.kind) {
        case world::EventKind::Contact: return blow_amplitude(blow_of(shot, event, index));
        case world::EventKind::Break: return shatter_amplitude(shatter_of(shot, event, index));
        case world::EventKind::Splash: return splash_amplitude(splash_of(shot, event, index));
        case world::EventKind::Footstep: return step_amplitude(step_of(shot, event, index));
        case world::EventKind::Score: return kSwishPeak;
        default: return 0;
    }
}

std::unique_ptr<Source> source_of(const ShotSound& shot, const world::Event& event, size_t index) {
    switch (event.kind) {
        case world::EventKind::Contact: return make_impact(blow_of(shot, event, index));
        case world::EventKind::Break: return make_shatter(shatter_of(shot, event, index));
        case world::EventKind::Splash: return make_splash(splash_of(shot, event, index));
        case world::EventKind::Footstep: return make_footstep(step_of(shot, event, index));
        case world::EventKind::Score:
            return make_net_swish(base::hash_combine(shot.seed, index + 1));
        default: return nullptr;
    }
}

using SlidePairs = std::map<std::pair<int, int>, std::vector<const world::SlideSample*>>;

SlidePairs slides_by_pair(const ShotSound& shot) {
    SlidePairs pairs;
    if (!shot.scene) return pairs;
    const auto body_count = static_cast<int>(shot.scene->bodies.size());
    for (const world::SlideSample& s : shot.slides)
        if (s.body_a >= 0 && s.body_a < body_count && s.body_b < body_count)
            pairs[{s.body_a, s.body_b}].push_back(&s);
    return pairs;
}

std::pair<RingBody, RingBody> sliding(const ShotSound& shot, std::pair<int, int> bodies) {
    const auto body = [&](int index) {
        return index >= 0 ? ring_body(shot.scene->bodies[static_cast<size_t>(index)], "", "")
                          : ring_part("floor", shot.room.floor_material);
    };
    return {body(bodies.first), body(bodies.second)};
}

int64_t sample_at(double t_s) { return std::llround(t_s * kRateHz); }

double heard_gain(const ShotSound& shot, const world::Event& event) {
    const Placement p = place(ear_at(shot.ear, event.t_s), event.position_m, 1, 1);
    return std::hypot(p.gain[0], p.gain[1]);
}

// Loudest event as heard, before any gain; where there is none, three times the loudest slide.
double loudest_heard(const ShotSound& shot) {
    double top = 0;
    for (const auto& [bodies, samples] : slides_by_pair(shot)) {
        const auto [a, b] = sliding(shot, bodies);
        for (const world::SlideSample* s : samples) {
            const Placement p = place(ear_at(shot.ear, s->t_s), s->position_m, 1, 1);
            const ControlPoint point =
                friction_point(a, b, s->normal_force_N, s->slide_speed_mps, s->roll_speed_mps);
            top = std::max(
                top, 3.0 * static_cast<double>(point.level) * std::hypot(p.gain[0], p.gain[1]));
        }
    }
    for (size_t i = 0; i < shot.events.size(); ++i)
        top =
            std::max(top, amplitude_of(shot, shot.events[i], i) * heard_gain(shot, shot.events[i]));
    return top;
}

void add_events(const ShotSound& shot, float gain, double loudest, std::vector<PlacedSource>& out) {
    const double floor = kInaudible * loudest;
    for (size_t i = 0; i < shot.events.size(); ++i) {
        const world::Event& event = shot.events[i];
        const double amplitude = amplitude_of(shot, event, i);
        if (amplitude <= 0 || amplitude * heard_gain(shot, event) < floor) continue;
        PlacedSource placed;
        placed.source = source_of(shot, event, i);
        placed.start_sample = sample_at(event.t_s);
        placed.position = event.position_m;
        placed.gain = gain;
        out.push_back(std::move(placed));
        if (event.kind != world::EventKind::Contact ||
            (part_of(event.a) != "rim" && part_of(event.b) != "rim"))
            continue;
        // A hoop is loose in its hinge: it chatters after the blow, fainter and slower.
        base::Rng rng(base::hash_combine(shot.seed, i + 1), 7);
        double when = 0;
        for (int k = 0; k < 4; ++k) {
            when += rng.uniform(0.018, 0.034) * (1 + 0.3 * k);
            BlowSpec blow = blow_of(shot, event, i);
            blow.impulse_Ns *= std::pow(0.12, k + 1);
            blow.strike_seed = rng.next();
            PlacedSource chatter;
            chatter.source = make_impact(blow);
            chatter.start_sample = sample_at(event.t_s + when);
            chatter.position = event.position_m;
            chatter.gain = gain;
            out.push_back(std::move(chatter));
        }
    }
}

// One source per pair of bodies and uninterrupted slide.
void add_slides(const ShotSound& shot, float gain, std::vector<PlacedSource>& out) {
    for (const auto& [bodies, samples] : slides_by_pair(shot)) {
        FrictionSpec spec;
        std::tie(spec.a, spec.b) = sliding(shot, bodies);
        spec.seed = body_seed(shot, shot.scene->bodies[static_cast<size_t>(bodies.first)].name);
        spec.pitch = slow_pitch(shot);
        PlacedSource placed;
        double turned = 0;
        const auto finish = [&] {
            float loudest = 0;
            for (const ControlPoint& p : spec.points) loudest = std::max(loudest, p.level);
            if (spec.points.size() > 1 && loudest > 1e-4f) {
                spec.points.push_back({spec.points.back().sample + 960, 0, 300, 0});
                placed.source = make_friction(spec);
                placed.gain = gain;
                out.push_back(std::move(placed));
            }
            spec.points.clear();
            placed = PlacedSource();
        };
        for (const world::SlideSample* s : samples) {
            const int64_t at = sample_at(s->t_s);
            const int64_t last =
                spec.points.empty() ? at : placed.start_sample + spec.points.back().sample;
            if (at - last > kFrictionGap) finish();
            if (spec.points.empty()) placed.start_sample = at, placed.position = s->position_m;
            else if (at - last < kFrictionStep) continue;
            ControlPoint point = friction_point(spec.a, spec.b, s->normal_force_N,
                                                s->slide_speed_mps, s->roll_speed_mps);
            // No ball is quite round: it wavers once a turn.
            turned += s->roll_speed_mps / std::max(spec.a.radius_m, 0.003) *
                      static_cast<double>(at - last) / kRateHz;
            if (s->roll_speed_mps > s->slide_speed_mps)
                point.level *= static_cast<float>(1 + 0.3 * std::sin(turned));
            point.sample = at - placed.start_sample;
            spec.points.push_back(point);
            placed.path.push_back({at, s->position_m});
        }
        finish();
    }
}

// Fast bodies near the ear push air past it.
void add_rushes(const ShotSound& shot, float gain, std::vector<PlacedSource>& out) {
    constexpr double kSlowestMps = 4;
    for (const BodyTrack& track : shot.tracks) {
        if (!shot.scene || track.body < 0 ||
            track.body >= static_cast<int>(shot.scene->bodies.size()))
            continue;
        const RingBody body =
            ring_body(shot.scene->bodies[static_cast<size_t>(track.body)], "", "");
        PlacedSource placed;
        std::vector<ControlPoint> points;
        for (const world::TrackSample& s : track.samples) {
            const double speed = base::length(s.velocity_mps);
            const EarKey ear = ear_at(shot.ear, s.t_s);
            const double shifted = doppler_ratio(ear, s.position_m, s.velocity_mps);
            const int64_t at = sample_at(s.t_s);
            if (points.empty()) placed.start_sample = at;
            const double excess = std::max(speed - kSlowestMps, 0.0);
            const double level = 4e-4 * excess * excess * std::min(body.size_m(), 1.0);
            const double hz = 0.2 * speed / std::max(body.size_m(), 0.02) * 6 * shifted;
            points.push_back({at - placed.start_sample, static_cast<float>(level),
                              static_cast<float>(std::clamp(hz, 120.0, 4000.0)), 0});
            placed.path.push_back({at, s.position_m});
        }
        float loudest = 0;
        for (const ControlPoint& p : points) loudest = std::max(loudest, p.level);
        if (loudest < 1e-3f) continue;
        placed.source = make_rush(std::move(points), 0.9, body_seed(shot, "rush"));
        placed.gain = std::min(gain, 4.f);
        placed.reverb_send = 0.3f;
        placed.distance_exponent = 1.5f;  // near or not at all
        out.push_back(std::move(placed));
    }
}

double gain_for(double loudest) {
    return loudest > 0 ? std::clamp(std::pow(kCommonPeak / loudest, kRide), 0.2, 80.0) : 4.0;
}

}  // namespace

double shot_gain(const ShotSound& shot) { return gain_for(loudest_heard(shot)); }

std::vector<PlacedSource> sources_from(const ShotSound& shot) {
    std::vector<PlacedSource> out;
    const double loudest = loudest_heard(shot);
    const float gain = static_cast<float>(gain_for(loudest));
    add_events(shot, gain, loudest, out);
    add_slides(shot, gain, out);
    add_rushes(shot, gain, out);
    for (const VoiceClip& clip : shot.voices) out.push_back(make_line(clip));
    std::stable_sort(out.begin(), out.end(), [](const PlacedSource& a, const PlacedSource& b) {
        return a.start_sample < b.start_sample;
    });
    return out;
}

}  // namespace sound
