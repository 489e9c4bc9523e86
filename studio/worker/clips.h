// Inputs as pictures and sound: opened safely, cut, brought to a size. For the tasks of this
// folder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/signal/source.h"
#include "studio/worker/workplace.h"

namespace studio {

// A file that this process may decode: the input itself when it was made here, else what the
// sandbox made of it.
struct SafeClip {
    std::string path;
    int width_px = 0, height_px = 0;
    double fps = 0;
    int64_t frames = 0;

    double seconds() const { return static_cast<double>(frames) / fps; }
};
// Errors: invalid_video.
base::Result<SafeClip> open_clip(Workplace& place, const std::string& input);
// Errors: invalid_image.
base::Result<base::Image8> open_picture(Workplace& place, const std::string& input);
// A file of the input, a picture or a clip of at most `most_seconds`, that this process may decode.
// Errors: invalid_image, invalid_video.
base::Result<std::string> safe_picture_or_clip(Workplace& place, const std::string& input,
                                               double most_seconds);
// A file of the input's sound, of which at least the first `seconds` are there if it is that long,
// that this process may decode. Errors: invalid_audio.
base::Result<std::string> safe_sound(Workplace& place, const std::string& input, double seconds);
// Does the input begin like a PNG, JPEG or WebP?
bool is_picture(const Workplace& place, const std::string& input);

// The picture, cut to the shape of width x height around its middle, then scaled.
base::Image8 fill(const base::Image8& picture, int width_px, int height_px);

// Pictures first .. end-1 of a clip, one after the other.
class ClipFrames {
public:
    static base::Result<ClipFrames> open(const SafeClip& clip, int64_t first);
    // Error at the clip's end.
    base::Result<base::Image8> next();

private:
    std::unique_ptr<base::FrameSource> source_;
    std::string path_;
};

// Stereo pairs first .. end-1, silence where there are none. A clip without sound is silent.
base::Result<std::vector<float>> clip_sound(const SafeClip& clip, int64_t first, int64_t end);

// Samples in memory as a source.
class SoundInMemory final : public base::AudioSource {
public:
    explicit SoundInMemory(std::vector<float> samples) : samples_(std::move(samples)) {}
    int64_t sample_count() const override {
        return static_cast<int64_t>(samples_.size()) / base::kAudioChannels;
    }
    base::Result<std::optional<base::AudioBlock>> next() override;

private:
    std::vector<float> samples_;
    int64_t next_ = 0;
};

// 0 at 0, 1 at 1, without a corner at either (Perlin 2002, "Improving Noise": 6t^5 - 15t^4 +
// 10t^3).
double smoothly(double t);
// (1 - share) of `a` and `share` of `b`; pictures of one size.
base::Image8 mix(const base::Image8& a, const base::Image8& b, double share);

}  // namespace studio
