#include "sound/source/from_shot.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/room/listener.h"
#include "sound/source/impact.h"
#include "sound/source/line.h"

namespace sound {
namespace {

constexpr double kCommonPeak = 0.5;
constexpr double kRide = 0.75;

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
        const auto at = std::lower_bound(
            track.samples.begin(), track.samples.end(), t_s,
            [](const world::TrackSample& s, double t) { return s.t_s < t; });
        return at == track.samples.end() ? track.samples.back().velocity_mps : at->velocity_mps;
    }
    return {};
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
    const EarKey ear = ear_at(shot.ear, event.t_s);
    // Slow motion in films is heard lower and longer, though not by its full factor.
    const double slow = std::clamp(shot.time_scale, 0.05, 1.0);
    blow.pitch = std::pow(slow, 0.3) *
                 doppler_ratio(ear, event.position_m, velocity_of(shot, event.body_a, event.t_s));
    blow.decay_stretch = std::pow(slow, -0.4);
    if (shot.events.size() > 300) blow.most_modes = 16;
    return blow;
}

int64_t sample_at(double t_s) { return std::llround(t_s * kRateHz); }

double heard_gain(const ShotSound& shot, const world::Event& event) {
    const Placement p = place(ear_at(shot.ear, event.t_s), event.position_m, 1, 1);
    return std::hypot(p.gain[0], p.gain[1]);
}

}  // namespace

double shot_gain(const ShotSound& shot) {
    double top = 0;
    for (size_t i = 0; i < shot.events.size(); ++i)
        if (shot.events[i].kind == world::EventKind::Contact)
            top = std::max(top, blow_amplitude(blow_of(shot, shot.events[i], i)) *
                                    heard_gain(shot, shot.events[i]));
    return top > 0 ? std::clamp(std::pow(kCommonPeak / top, kRide), 0.2, 80.0) : 1;
}

std::vector<PlacedSource> sources_from(const ShotSound& shot) {
    std::vector<PlacedSource> out;
    const float gain = static_cast<float>(shot_gain(shot));
    for (size_t i = 0; i < shot.events.size(); ++i) {
        const world::Event& event = shot.events[i];
        if (event.kind != world::EventKind::Contact) continue;
        PlacedSource placed;
        placed.source = make_impact(blow_of(shot, event, i));
        placed.start_sample = sample_at(event.t_s);
        placed.position = event.position_m;
        placed.gain = gain;
        out.push_back(std::move(placed));
    }
    for (const VoiceClip& clip : shot.voices) out.push_back(make_line(clip));
    std::stable_sort(out.begin(), out.end(), [](const PlacedSource& a, const PlacedSource& b) {
        return a.start_sample < b.start_sample;
    });
    return out;
}

}  // namespace sound
