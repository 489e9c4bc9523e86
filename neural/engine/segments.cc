#include "neural/engine/segments.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <deque>
#include <set>

#include "tensor/core/memory.h"

namespace neural {
namespace {

// Weyl step of the golden ratio: neighbouring segments get unrelated seeds.
uint64_t seed_of(uint64_t seed, int segment) {
    return seed + 0x9E3779B97F4A7C15u * static_cast<uint64_t>(segment);
}

int64_t sample_at(int64_t frame, double fps) {
    return std::llround(static_cast<double>(frame) * base::kSampleRateHz / fps);
}

int64_t frame_of(const Keyframe& key, double fps) { return std::llround(key.seconds * fps); }

base::Status check_keyframes(const FilmPlan& plan) {
    double seconds = 0;
    for (const ShotPlan& shot : plan.shots) seconds += shot.seconds;
    const int64_t frames = std::max<int64_t>(1, std::llround(seconds * plan.fps));
    std::set<int64_t> taken;
    if (plan.first_picture) taken.insert(0);
    for (const Keyframe& key : plan.keyframes) {
        char at[32], last[32];
        std::snprintf(at, sizeof at, "%.4g", key.seconds);
        std::snprintf(last, sizeof last, "%.4g", static_cast<double>(frames - 1) / plan.fps);
        if (!(key.seconds >= 0) || frame_of(key, plan.fps) >= frames) {
            return base::usage_error(std::string("a keyframe at ") + at +
                                         " s lies outside the film; its last picture is at " +
                                         last + " s",
                                     "keyframes");
        }
        if (!(key.strength > 0 && key.strength <= 1)) {
            return base::usage_error(std::string("the strength of the keyframe at ") + at +
                                         " s must be above 0, at most 1",
                                     "keyframes");
        }
        if (!taken.insert(frame_of(key, plan.fps)).second) {
            return base::usage_error(
                std::string("there are two pictures for the film's frame at ") + at + " s",
                "keyframes");
        }
    }
    return {};
}

// Pictures that come as a stream cannot name a film beforehand: such a one is made in one go.
bool keeps(const FilmPlan& plan, const FilmCallbacks& callbacks) {
    return !callbacks.keep.folder.empty() && !plan.reference && !plan.first_pictures && !plan.sound;
}

base::Status check_wishes(const Abilities& can, const FilmPlan& plan) {
    if (!plan.keyframes.empty() && !can.keyframes) {
        return base::usage_error(can.first_picture
                                     ? "this model can begin with a picture, it has no keyframes"
                                     : "this model takes words only, no keyframes",
                                 "keyframes");
    }
    if (plan.first_pictures && !can.first_picture)
        return base::usage_error("this model takes words only, no first picture", "first_pictures");
    if (plan.reference && !can.no_reference.empty())
        return base::usage_error(can.no_reference, "reference");
    if (plan.sound && !can.no_sound.empty()) return base::usage_error(can.no_sound, "sound");
    return check_keyframes(plan);
}

// A sound's samples for one clip after the other.
class GivenSound {
public:
    explicit GivenSound(std::shared_ptr<base::AudioSource> source) : source_(std::move(source)) {}

    // [first, end) in stereo pairs; first is where the clip before ended. Shorter where the sound
    // has ended.
    base::Result<std::vector<float>> take(int64_t first, int64_t end) {
        const auto wanted = static_cast<size_t>((end - first) * base::kAudioChannels);
        while (waiting_.size() < wanted) {
            const std::optional<base::AudioBlock> block = TRY(source_->next());
            if (!block) break;
            waiting_.insert(waiting_.end(), block->samples.begin(), block->samples.end());
        }
        const auto cut =
            waiting_.begin() + static_cast<ptrdiff_t>(std::min(wanted, waiting_.size()));
        std::vector<float> samples(waiting_.begin(), cut);
        waiting_.erase(waiting_.begin(), cut);
        return samples;
    }

private:
    std::shared_ptr<base::AudioSource> source_;
    std::vector<float> waiting_;
};

class SegmentFilm final : public Film {
public:
    SegmentFilm(std::shared_ptr<SegmentMaker> maker, const FilmPlan& plan,
                const FilmCallbacks& callbacks)
        : maker_(std::move(maker)),
          plan_(plan),
          callbacks_(callbacks),
          cuts_(cut_plan(plan, std::max<int64_t>(1, maker_->most_frames()))),
          name_(keeps(plan, callbacks) ? film_name(plan, maker_->identity()) : ""),
          sound_(plan.sound),
          frames_(*this),
          audio_(*this) {
        const Abilities can = maker_->abilities();
        if (!can.sound && !plan.sound)
            remarks_.push_back({"sound", "silence", "this model makes pictures only"});
        if (!plan.negative_prompt.empty() && !can.negative_prompt) {
            remarks_.push_back({"what should not be seen", "nothing",
                                "this model is sampled without guidance and cannot be told"});
        }
        const bool starts = can.first_picture;
        const bool goes_on =
            std::any_of(cuts_.begin(), cuts_.end(), [](const Cut& c) { return c.continues; });
        if (plan.first_picture && !starts) {
            remarks_.push_back(
                {"the picture to start from", "a free beginning", "this model takes words only"});
        }
        if (goes_on && !starts) {
            remarks_.push_back(
                {"one continuous shot",
                 "cuts after every " + std::to_string(maker_->most_frames()) + " pictures",
                 "this model cannot go on from a picture"});
        }
    }

    base::FrameSource& frames() override { return frames_; }
    base::AudioSource& audio() override { return audio_; }
    const std::vector<Remark>& remarks() const override { return remarks_; }

private:
    struct Made {
        int index;
        Clip clip;
        int64_t pictures_left;
        bool sound_taken = false;
    };

    class Frames final : public base::FrameSource {
    public:
        explicit Frames(SegmentFilm& film) : film_(film) {}
        int width_px() const override { return film_.plan_.width_px; }
        int height_px() const override { return film_.plan_.height_px; }
        double fps() const override { return film_.plan_.fps; }
        int64_t frame_count() const override { return film_.total(); }
        base::Result<std::optional<base::Frame>> next() override { return film_.next_frame(); }

    private:
        SegmentFilm& film_;
    };
    class Audio final : public base::AudioSource {
    public:
        explicit Audio(SegmentFilm& film) : film_(film) {}
        int64_t sample_count() const override { return sample_at(film_.total(), film_.plan_.fps); }
        base::Result<std::optional<base::AudioBlock>> next() override { return film_.next_sound(); }

    private:
        SegmentFilm& film_;
    };

    int64_t total() const { return cuts_.back().first_frame + cuts_.back().frames; }

    void tell(const char* stage, int step, int steps, double within, int part) {
        if (!callbacks_.progress) return;
        const double fraction =
            (part + std::clamp(within, 0.0, 1.0)) / static_cast<double>(cuts_.size());
        told_ = std::max(told_, fraction);
        callbacks_.progress({stage, told_, step, steps, part, static_cast<int>(cuts_.size())});
    }

    // The clip of a segment, made where it is not yet; earlier ones are there or used up.
    base::Result<Made*> segment(int index) {
        for (Made& m : made_) {
            if (m.index == index) return &m;
        }
        const Cut& cut = cuts_[static_cast<size_t>(index)];
        Segment s;
        s.index = index;
        s.count = static_cast<int>(cuts_.size());
        s.prompt = plan_.shots[static_cast<size_t>(cut.shot)].prompt;
        s.first_frame = cut.first_frame;
        s.frames = cut.frames;
        s.seed = seed_of(plan_.seed, index);
        TRY(give_pictures(s, cut));
        if (plan_.sound)
            s.sound = TRY(sound_.take(sample_at(cut.first_frame, plan_.fps),
                                      sample_at(cut.first_frame + cut.frames, plan_.fps)));
        int64_t references_left = cut.frames;
        if (plan_.reference) {
            s.reference = [&]() -> base::Result<std::optional<base::Image8>> {
                if (references_left <= 0) return std::optional<base::Image8>();
                --references_left;
                auto frame = TRY(plan_.reference->next());
                if (!frame) return std::optional<base::Image8>();
                return std::optional<base::Image8>(std::move(frame->image));
            };
        }
        if (!name_.empty()) s.kept = std::make_shared<KeptClip>(callbacks_.keep, name_, index);
        Clip clip;
        try {
            clip = TRY(maker_->make(
                s,
                [&](const char* stage, int step, int steps) {
                    // Three quarters of the work is denoising; decoding counts by pictures.
                    tell(stage, step, steps, steps > 0 ? 0.75 * step / steps : 0, index);
                },
                callbacks_.cancel));
        } catch (const tensor::OutOfMemory& e) {
            return out_of_memory(e);
        }
        // The next clip's begin where this one's end, however many were looked at.
        while (s.reference && references_left > 0) TRY(s.reference());
        if (plan_.sound) clip.sound = std::move(s.sound);
        made_.push_back({index, std::move(clip), cut.frames, false});
        return &made_.back();
    }

    // Pictures that the clip is to show: where it goes on from, and keyframes.
    base::Status give_pictures(Segment& s, const Cut& cut) {
        if (maker_->abilities().first_picture) {
            if (cut.continues) s.first_picture = TRY(last_picture(s.index - 1));
            else if (s.index == 0 && plan_.first_picture) s.first_picture = plan_.first_picture;
            else if (plan_.first_pictures)
                s.first_picture = TRY(plan_.first_pictures(cut.first_frame));
        }
        for (const Keyframe& key : plan_.keyframes) {
            const int64_t frame = frame_of(key, plan_.fps) - cut.first_frame;
            if (frame < 0 || frame >= cut.frames) continue;
            if (frame == 0) {
                s.first_picture = key.picture;
                s.first_strength = key.strength;
            } else {
                s.keys.push_back({frame, key.picture, key.strength});
            }
        }
        return {};
    }

    base::Error out_of_memory(const tensor::OutOfMemory& e) const {
        const tensor::MemoryUse use = tensor::memory_use();
        std::string advice = "ask for smaller or shorter pictures";
        if (use.budget_bytes > 0) {
            const double share = static_cast<double>(use.budget_bytes) /
                                 static_cast<double>(use.in_use_bytes + e.wanted_bytes);
            const double scale = std::sqrt(std::min(0.9, 0.9 * share));
            advice = "about " + std::to_string(static_cast<int>(plan_.width_px * scale) / 32 * 32) +
                     "x" + std::to_string(static_cast<int>(plan_.height_px * scale) / 32 * 32) +
                     " would fit, or raise --memory, or make it shorter";
        }
        return base::failed(std::string(e.what()) + "; " + advice);
    }

    // Continuing needs the picture before; where sound is pulled ahead of pictures the rest of the
    // clip is decoded for it and kept.
    base::Result<std::shared_ptr<const base::Image8>> last_picture(int index) {
        if (last_index_ == index && last_) return last_;
        Made* m = TRY(segment(index));
        while (m->pictures_left > 0) {
            ahead_.push_back(TRY(pull(*m)));
        }
        return last_;
    }

    base::Result<base::Image8> pull(Made& m) {
        if (callbacks_.cancel) TRY(callbacks_.cancel->check());
        base::Image8 picture;
        try {
            picture = TRY(m.clip.pictures->next());
        } catch (const tensor::OutOfMemory& e) {
            return out_of_memory(e);
        }
        const Cut& cut = cuts_[static_cast<size_t>(m.index)];
        --m.pictures_left;
        const double done =
            static_cast<double>(cut.frames - m.pictures_left) / static_cast<double>(cut.frames);
        tell("decoding", 0, 0, 0.75 + 0.25 * done, m.index);
        if (m.pictures_left == 0) {
            last_ = std::make_shared<const base::Image8>(picture);
            last_index_ = m.index;
        }
        return picture;
    }

    void drop_used() {
        while (!made_.empty() && made_.front().pictures_left == 0 && made_.front().sound_taken)
            made_.pop_front();
    }

    base::Result<std::optional<base::Frame>> next_frame() {
        if (next_frame_ >= total()) return std::optional<base::Frame>();
        base::Frame frame;
        frame.index = next_frame_;
        if (!ahead_.empty()) {
            frame.image = std::move(ahead_.front());
            ahead_.pop_front();
        } else {
            int index = 0;
            while (next_frame_ >= cuts_[static_cast<size_t>(index)].first_frame +
                                      cuts_[static_cast<size_t>(index)].frames)
                ++index;
            Made* m = TRY(segment(index));
            frame.image = TRY(pull(*m));
        }
        ++next_frame_;
        drop_used();
        return std::optional<base::Frame>(std::move(frame));
    }

    base::Result<std::optional<base::AudioBlock>> next_sound() {
        if (next_sound_ >= static_cast<int>(cuts_.size())) return std::optional<base::AudioBlock>();
        const Cut& cut = cuts_[static_cast<size_t>(next_sound_)];
        base::AudioBlock block;
        block.first_sample = sample_at(cut.first_frame, plan_.fps);
        const int64_t end = sample_at(cut.first_frame + cut.frames, plan_.fps);
        Made* m = TRY(segment(next_sound_));
        block.samples = std::move(m->clip.sound);
        block.samples.resize(static_cast<size_t>((end - block.first_sample) * base::kAudioChannels),
                             0.0f);
        m->sound_taken = true;
        ++next_sound_;
        drop_used();
        return std::optional<base::AudioBlock>(std::move(block));
    }

    std::shared_ptr<SegmentMaker> maker_;
    FilmPlan plan_;
    FilmCallbacks callbacks_;
    std::vector<Cut> cuts_;
    std::string name_;  // of the film, for what is kept of it
    std::vector<Remark> remarks_;
    GivenSound sound_;
    std::deque<Made> made_;
    std::deque<base::Image8> ahead_;
    std::shared_ptr<const base::Image8> last_;
    int last_index_ = -1;
    int64_t next_frame_ = 0;
    int next_sound_ = 0;
    double told_ = 0;
    Frames frames_;
    Audio audio_;
};

}  // namespace

std::vector<Cut> cut_plan(const FilmPlan& plan, int64_t most_frames) {
    std::vector<Cut> cuts;
    double seconds = 0;
    int64_t begin = 0;
    for (size_t shot = 0; shot < plan.shots.size(); ++shot) {
        seconds += plan.shots[shot].seconds;
        const int64_t end = std::max(begin, static_cast<int64_t>(std::llround(seconds * plan.fps)));
        const int64_t pieces = (end - begin + most_frames - 1) / most_frames;
        for (int64_t p = 0; p < pieces; ++p) {
            const int64_t from = begin + (end - begin) * p / pieces,
                          to = begin + (end - begin) * (p + 1) / pieces;
            cuts.push_back(
                {from, to - from, static_cast<int>(shot), p > 0 || plan.shots[shot].continues});
        }
        begin = end;
    }
    if (cuts.empty()) cuts.push_back({0, 1, 0, false});
    cuts.front().continues = false;
    return cuts;
}

base::Result<std::unique_ptr<Film>> make_film_of_segments(std::shared_ptr<SegmentMaker> maker,
                                                          const FilmPlan& plan,
                                                          const FilmCallbacks& callbacks) {
    TRY(check_wishes(maker->abilities(), plan));
    return std::unique_ptr<Film>(std::make_unique<SegmentFilm>(std::move(maker), plan, callbacks));
}

}  // namespace neural
