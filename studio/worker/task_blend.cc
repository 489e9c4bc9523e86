// Blend: one film turns into another (docs/api.md).
#include <algorithm>
#include <cmath>

#include "studio/worker/clips.h"
#include "studio/worker/failure.h"
#include "studio/worker/finish.h"
#include "studio/worker/sources.h"
#include "studio/worker/tasks.h"

namespace studio {
namespace {

// How much of B is seen at `t` of the film, both 0 to 1: smooth, and one half at 1 - strength.
// The exponent moves the middle (Schlick 1994, "Fast Alternatives to Perlin's Bias and Gain").
double share_at(double t, double strength) {
    const double middle = std::clamp(1 - strength, 0.05, 0.95);
    return smoothly(std::pow(t, std::log(0.5) / std::log(middle)));
}

// Picture `wanted` of a clip, asked for in rising order; the first and the last stand still where
// the clip has no more.
class StandingFrames {
public:
    static base::Result<StandingFrames> open(const SafeClip& clip, int width_px, int height_px) {
        StandingFrames frames;
        frames.clip_ = clip;
        frames.width_ = width_px;
        frames.height_ = height_px;
        frames.frames_.emplace(TRY(ClipFrames::open(clip, 0)));
        return frames;
    }
    base::Result<const base::Image8*> at(int64_t wanted) {
        wanted = std::clamp<int64_t>(wanted, 0, clip_.frames - 1);
        while (number_ < wanted) {
            const base::Image8 picture = TRY(frames_->next());
            if (++number_ == wanted) picture_ = fill(picture, width_, height_);
        }
        return &picture_;
    }

private:
    SafeClip clip_;
    int width_ = 0, height_ = 0;
    std::optional<ClipFrames> frames_;
    int64_t number_ = -1;
    base::Image8 picture_;
};

class BlendedFrames final : public base::FrameSource {
public:
    BlendedFrames(StandingFrames a, StandingFrames b, const SafeClip& shape, const SafeClip& other,
                  int64_t count, double strength)
        : a_(std::move(a)),
          b_(std::move(b)),
          shape_(shape),
          other_(other),
          count_(count),
          strength_(strength) {}
    int width_px() const override { return shape_.width_px; }
    int height_px() const override { return shape_.height_px; }
    double fps() const override { return shape_.fps; }
    int64_t frame_count() const override { return count_; }

    base::Result<std::optional<base::Frame>> next() override {
        if (next_ >= count_) return std::optional<base::Frame>();
        // A runs from its start; B so that both end together.
        const double left_s = static_cast<double>(count_ - next_) / shape_.fps;
        const auto of_b = std::llround((other_.seconds() - left_s) * other_.fps);
        const double t =
            static_cast<double>(next_) / static_cast<double>(std::max<int64_t>(1, count_ - 1));
        base::Frame frame;
        frame.image = mix(*TRY(a_.at(next_)), *TRY(b_.at(of_b)), share_at(t, strength_));
        frame.index = next_++;
        return std::optional<base::Frame>(std::move(frame));
    }

private:
    StandingFrames a_, b_;
    SafeClip shape_, other_;
    int64_t count_, next_ = 0;
    double strength_;
};

}  // namespace

base::Result<Made> blend(Workplace& place) {
    const FilmJob& job = place.job;
    const SafeClip a = TRY(open_clip(place, job.source)), b = TRY(open_clip(place, job.source_b));
    const double seconds = job.seconds > 0 ? job.seconds : std::min(a.seconds(), b.seconds());
    if (job.most_seconds > 0 && seconds > job.most_seconds + 1e-6)
        return too_long(seconds, job.most_seconds);
    const int64_t count = std::max<int64_t>(2, std::llround(seconds * a.fps));
    BlendedFrames frames(TRY(StandingFrames::open(a, a.width_px, a.height_px)),
                         TRY(StandingFrames::open(b, a.width_px, a.height_px)), a, b, count,
                         job.strength);

    const int64_t samples = sample_at(count, a.fps);
    std::vector<float> sound = TRY(clip_sound(a, 0, samples));
    const int64_t b_samples = sample_at(b.frames, b.fps), b_first = b_samples - samples;
    const std::vector<float> of_b = TRY(clip_sound(b, std::max<int64_t>(0, b_first), b_samples));
    const auto b_begins = static_cast<int64_t>(sound.size() - of_b.size());
    for (int64_t i = 0; i < static_cast<int64_t>(sound.size()); ++i) {
        const double t = static_cast<double>(i / 2) / static_cast<double>(samples);
        const double turn = 0.5 * 3.14159265358979 * share_at(t, job.strength);
        const auto at = static_cast<size_t>(i);
        sound[at] *= static_cast<float>(std::cos(turn));
        if (i >= b_begins)
            sound[at] +=
                static_cast<float>(std::sin(turn)) * of_b[static_cast<size_t>(i - b_begins)];
    }
    SoundInMemory mixed(std::move(sound));

    media::ClipOptions options = clip_options({}, TRY(quality_of(job)));
    options.overwrite = true;
    const std::string video = place.output("video.mp4");
    const media::ClipInfo info = TRY(media::encode_clip(
        frames, mixed, video, options,
        [&](const media::ClipProgress& p) {
            place.meter.rendered(p.frames_done, count, p.last_frame);
        },
        place.options.cancel));
    return clip_made(place, video, info, a.width_px, a.height_px, a.fps, {});
}

}  // namespace studio
