// The ear: events, slides, voices and the room become 48 kHz stereo.
//
// Film convention: a sound is heard at its event's time; distance changes level, filter and reverb,
// Doppler follows the radial speed, there is no travel delay. Deterministic; one thread.
// Before loudness normalisation; sound/mix/loudness.h brings the film to -16 LUFS, -1 dB true peak.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/math/transform.h"
#include "base/signal/source.h"
#include "world/record/record.h"
#include "world/record/snapshot.h"
#include "world/scene/scene.h"
#include "world/sets/set.h"

namespace sound {

// Where the listener is at a film time (linear between keys).
struct EarKey {
    double t_s = 0;
    base::Vec3 position, forward{0, 1, 0};
    base::Vec3 velocity_mps;
};

// A spoken line, synthesised beforehand (sound/voice/speak.h).
struct VoiceClip {
    double start_s = 0;          // film time
    std::vector<float> samples;  // mono, 48 kHz
    base::Vec3 position;         // of the mouth
    bool off_screen = false;     // a voice over: dry and centred
};

// How a body moved, for Doppler and for the rush of air of fast things; optional.
struct BodyTrack {
    int body = -1;                            // Scene::bodies
    std::vector<world::TrackSample> samples;  // film times, in order
};

// Everything that is heard in one shot. Times are film seconds since the film's start.
struct ShotSound {
    double start_s = 0, end_s = 0;
    const world::Scene* scene = nullptr;  // shapes, materials and masses of the bodies
    world::Room room;
    std::string ambience;            // SetModel::ambience
    std::vector<std::string> words;  // "quiet", "crowd", "wind", "music" from the prompt
    double time_scale = 1;           // slow motion lowers pitch of impacts slightly, film-style
    std::vector<EarKey> ear;
    std::vector<world::Event> events;  // film times
    std::vector<world::SlideSample> slides;
    std::vector<VoiceClip> voices;
    std::vector<BodyTrack> tracks;
    uint64_t seed = 1;
};

class Ear {
public:
    static std::unique_ptr<Ear> create(uint64_t seed);
    virtual ~Ear() = default;
    // Appends one shot; tails (ringing, reverb) carry on into the next. Blocks come out in order,
    // `sink` gets up to 4800 samples at a time; the shot's last block ends at round(end_s * 48000).
    virtual base::Status hear(const ShotSound& shot,
                              const std::function<base::Status(const base::AudioBlock&)>& sink) = 0;
};

}  // namespace sound
