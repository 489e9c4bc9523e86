#include "sound/hear.h"

#include <algorithm>
#include <cmath>

#include "sound/ambience/ambience.h"
#include "sound/mix/stage.h"
#include "sound/room/early_reflections.h"
#include "sound/room/late_reverb.h"
#include "sound/source/from_shot.h"

namespace sound {
namespace {

constexpr int64_t kSinkSamples = 4800;
constexpr double kCrossfade_s = 0.15;  // between two places' backgrounds, from the cut on

bool same_room(const world::Room& a, const world::Room& b) {
    return a.outdoors == b.outdoors && a.low == b.low && a.high == b.high &&
           a.floor_material == b.floor_material && a.wall_material == b.wall_material &&
           a.ceiling_material == b.ceiling_material;
}

// A room that sounds: the current one, or one left behind whose tail still dies away.
struct SoundingRoom {
    explicit SoundingRoom(const world::Room& r) : room(r), early(r), late(r) {}
    world::Room room;
    EarlyReflections early;
    LateReverb late;
};

// A background that fades in, and out when the place is left.
struct SoundingAmbience {
    explicit SoundingAmbience(const AmbienceSpec& s, bool at_once)
        : spec(s), ambience(s), gain(at_once ? 1.f : 0.f) {}
    AmbienceSpec spec;
    Ambience ambience;
    float gain;
    float goal = 1;
};

class StageEar : public Ear {
public:
    explicit StageEar(uint64_t seed) : seed_(seed) {}

    base::Status hear(const ShotSound& shot,
                      const std::function<base::Status(const base::AudioBlock&)>& sink) override {
        if (!started_) at_ = std::llround(shot.start_s * kRateHz);
        started_ = true;
        enter(shot.room);
        listen_to({shot.ambience, shot.words, shot.room.outdoors, seed_});
        for (PlacedSource& source : sources_from(shot)) {
            source.start_sample = std::max(source.start_sample, at_);
            stage_.add(std::move(source));
        }
        const int64_t end = std::llround(shot.end_s * kRateHz);
        base::AudioBlock block;
        while (at_ < end) {
            const int count = static_cast<int>(std::min<int64_t>(kBlock, end - at_));
            if (block.samples.empty()) block.first_sample = at_;
            render(shot, count, block);
            if (block.sample_count() + kBlock > kSinkSamples || at_ == end) {
                TRY(sink(block));
                block.samples.clear();
            }
        }
        return {};
    }

private:
    void enter(const world::Room& room) {
        if (!rooms_.empty() && same_room(rooms_.back()->room, room)) return;
        rooms_.push_back(std::make_unique<SoundingRoom>(room));
    }

    void listen_to(const AmbienceSpec& spec) {
        if (!ambiences_.empty() && ambiences_.back()->spec == spec) return;
        for (const auto& left : ambiences_) left->goal = 0;
        ambiences_.push_back(std::make_unique<SoundingAmbience>(spec, ambiences_.empty()));
    }

    void add_ambience(StereoBlock& out, int count) {
        const float step = static_cast<float>(1 / (kCrossfade_s * kRateHz));
        for (const auto& sounding : ambiences_) {
            StereoBlock bed;
            sounding->ambience.render(bed, count);
            for (int i = 0; i < count; ++i) {
                sounding->gain += std::clamp(sounding->goal - sounding->gain, -step, step);
                // Equal power: two unrelated noises cross without a dip.
                const float gain = std::sqrt(sounding->gain);
                out.left[i] += gain * bed.left[i];
                out.right[i] += gain * bed.right[i];
            }
        }
        std::erase_if(ambiences_, [](const auto& a) { return a->goal == 0 && a->gain <= 0; });
    }

    void render(const ShotSound& shot, int count, base::AudioBlock& block) {
        StereoBlock out;
        std::array<float, kBlock> send{};
        const EarKey ear = ear_at(shot.ear, static_cast<double>(at_) / kRateHz);
        stage_.render(at_, count, ear, out, send, &rooms_.back()->early);
        for (const auto& sounding : rooms_) {
            const bool here = sounding == rooms_.back();
            sounding->late.render(here ? send : std::array<float, kBlock>{}, out, count);
            sounding->early.take(out, count);
        }
        std::erase_if(rooms_, [&](const auto& r) {
            return r != rooms_.back() && r->late.silent() && r->early.silent();
        });
        add_ambience(out, count);
        for (int i = 0; i < count; ++i) {
            block.samples.push_back(out.left[i]);
            block.samples.push_back(out.right[i]);
        }
        at_ += count;
    }

    uint64_t seed_;
    bool started_ = false;
    int64_t at_ = 0;
    Stage stage_;
    std::vector<std::unique_ptr<SoundingRoom>> rooms_;
    std::vector<std::unique_ptr<SoundingAmbience>> ambiences_;
};

}  // namespace

std::unique_ptr<Ear> Ear::create(uint64_t seed) { return std::make_unique<StageEar>(seed); }

}  // namespace sound
