#include "studio/worker/decode_untrusted.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "media/atomic_file.h"
#include "media/clip.h"
#include "media/decode.h"
#include "media/still.h"
#include "studio/worker/failure.h"
#include "studio/worker/sources.h"

namespace studio {
namespace {

constexpr int kSmallestSide = 16, kLargestSide = 7680;
constexpr double kUsualFps = 24;

constexpr std::array<const char*, 3> kNames = {"clip", "picture", "sound"};
constexpr std::array<const char*, 3> kErrorCodes = {"invalid_video", "invalid_image",
                                                    "invalid_audio"};

base::Error bad_clip(const std::string& what) { return reject("invalid_video", what); }
base::Error bad_sound(const std::string& what) { return reject("invalid_audio", what); }

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

// Hands pictures on while they keep to what the first one promised.
class CheckedFrames final : public base::FrameSource {
public:
    CheckedFrames(std::unique_ptr<base::FrameSource> source, double fps, const DecodeLimits& limits)
        : source_(std::move(source)), fps_(fps), limits_(limits) {}
    int width_px() const override { return source_->width_px() / 2 * 2; }
    int height_px() const override { return source_->height_px() / 2 * 2; }
    double fps() const override { return fps_; }
    int64_t frame_count() const override { return -1; }

    base::Result<std::optional<base::Frame>> next() override {
        auto got = source_->next();
        if (!got.ok()) return bad_clip("the clip is damaged: " + got.error().message);
        if (!*got) return std::optional<base::Frame>();
        base::Frame frame = std::move(**got);
        if (frame.image.width_px != source_->width_px() ||
            frame.image.height_px != source_->height_px()) {
            return bad_clip("the clip's pictures change their size");
        }
        ++count_;
        const double pixels = static_cast<double>(frame.image.width_px) * frame.image.height_px;
        if (static_cast<double>(count_) > limits_.most_seconds * fps_ + 1)
            return bad_clip("the clip is longer than " + number(limits_.most_seconds) + " s");
        if (static_cast<double>(count_) * pixels >
            static_cast<double>(limits_.most_pixels_in_all)) {
            return bad_clip("the clip has too many pixels in all; use a smaller or shorter one");
        }
        frame.image = even(std::move(frame.image));
        return std::optional<base::Frame>(std::move(frame));
    }
    int64_t count() const { return count_; }

private:
    // Without the last column and row where their number is odd.
    base::Image8 even(base::Image8 image) const {
        if (image.width_px == width_px() && image.height_px == height_px()) return image;
        base::Image8 out(width_px(), height_px(), 3);
        for (int y = 0; y < out.height_px; ++y)
            std::copy_n(image.at(0, y), static_cast<size_t>(out.width_px) * 3, out.at(0, y));
        return out;
    }

    std::unique_ptr<base::FrameSource> source_;
    double fps_;
    DecodeLimits limits_;
    int64_t count_ = 0;
};

// To a block as long as the pictures, whatever the sound track says: the encoder asks for sound as
// its pictures advance, and for the rest when all are there.
class SoundWithPictures final : public base::AudioSource {
public:
    SoundWithPictures(std::unique_ptr<base::AudioSource> source, const CheckedFrames& frames)
        : source_(std::move(source)), frames_(frames) {}
    int64_t sample_count() const override { return -1; }
    base::Result<std::optional<base::AudioBlock>> next() override {
        const int64_t end = sample_at(frames_.count(), frames_.fps());
        if (frames_.count() > 0 && given_ >= end) return std::optional<base::AudioBlock>();
        auto block = source_->next();
        if (!block.ok()) return bad_clip("the clip's sound is damaged: " + block.error().message);
        if (!*block) return std::optional<base::AudioBlock>();
        (*block)->first_sample = given_;
        for (float& sample : (*block)->samples) {
            if (!std::isfinite(sample)) sample = 0;
        }
        given_ += (*block)->sample_count();
        return block;
    }

private:
    std::unique_ptr<base::AudioSource> source_;
    const CheckedFrames& frames_;
    int64_t given_ = 0;
};

class Silence final : public base::AudioSource {
public:
    int64_t sample_count() const override { return 0; }
    base::Result<std::optional<base::AudioBlock>> next() override {
        return std::optional<base::AudioBlock>();
    }
};

base::Status decode_clip(const std::string& from, const std::string& to,
                         const DecodeLimits& limits) {
    const auto info = media::inspect_film(from);
    if (!info.ok()) return bad_clip("this is no film that can be read: " + info.error().message);
    if (!info->has_video) return bad_clip("the file has no pictures");
    if (info->width_px < kSmallestSide || info->height_px < kSmallestSide ||
        info->width_px > kLargestSide || info->height_px > kLargestSide) {
        return bad_clip("the clip's sides must be 16 to 7680 pixels");
    }
    if (info->video_duration_s > limits.most_seconds + 1)
        return bad_clip("the clip is longer than " + number(limits.most_seconds) + " s");
    // Rates of 90,000 and of 0 are what files say that have none.
    double fps = info->fps;
    if (info->frame_count > 0 && info->video_duration_s > 0 && !(fps >= 1 && fps <= 120))
        fps = static_cast<double>(info->frame_count) / info->video_duration_s;
    if (!(fps >= 1 && fps <= 120)) fps = kUsualFps;

    auto frames = media::open_frames(from, limits.most_pixels);
    if (!frames.ok())
        return bad_clip("this is no film that can be read: " + frames.error().message);
    CheckedFrames checked(std::move(*frames), fps, limits);
    std::unique_ptr<base::AudioSource> sound = std::make_unique<Silence>();
    if (info->has_audio) {
        auto opened = media::open_sound(from);
        if (opened.ok()) sound = std::move(*opened);
    }
    SoundWithPictures with(std::move(sound), checked);
    media::ClipOptions options;
    options.crf = 12;
    options.preset = "veryfast";
    options.overwrite = true;
    const auto made = media::encode_clip(checked, with, to, options);
    if (made.ok()) return {};
    // Whatever is wrong with what was decoded is the clip's fault; the disk's troubles are not.
    const base::Error& error = made.error();
    if (error.kind == base::ErrorKind::Usage && error.where != "invalid_video")
        return bad_clip(error.message);
    if (error.message == "the film has no frames") return bad_clip("the clip has no pictures");
    return error;
}

// RIFF/WAVE with samples as IEEE floats (format 3).
std::string wave_file(const std::vector<float>& samples) {
    std::string file;
    const auto put = [&file](uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) file += static_cast<char>(value >> (8 * i) & 0xff);
    };
    constexpr uint32_t kChannels = base::kAudioChannels, kBytes = sizeof(float);
    const auto size = static_cast<uint32_t>(samples.size() * sizeof(float));
    file.reserve(44 + size);
    file += "RIFF";
    put(36 + size, 4);
    file += "WAVEfmt ";
    put(16, 4), put(3, 2), put(kChannels, 2), put(base::kSampleRateHz, 4);
    put(base::kSampleRateHz * kChannels * kBytes, 4), put(kChannels * kBytes, 2),
        put(8 * kBytes, 2);
    file += "data";
    put(size, 4);
    for (const float sample : samples) {
        uint32_t bits;
        std::memcpy(&bits, &sample, sizeof bits);
        put(bits, 4);
    }
    return file;
}

base::Status decode_sound(const std::string& from, const std::string& to,
                          const DecodeLimits& limits) {
    auto source = media::open_sound(from);
    if (!source.ok()) return bad_sound("no sound can be read: " + source.error().message);
    const auto most = static_cast<size_t>(std::llround(limits.most_seconds * base::kSampleRateHz)) *
                      base::kAudioChannels;
    std::vector<float> samples;
    while (samples.size() < most) {
        const auto block = (*source)->next();
        if (!block.ok()) return bad_sound("the sound is damaged: " + block.error().message);
        if (!*block) break;
        samples.insert(samples.end(), (*block)->samples.begin(), (*block)->samples.end());
    }
    if (samples.empty()) return bad_sound("the file has no sound");
    samples.resize(std::min(samples.size(), most));
    for (float& sample : samples) {
        if (!std::isfinite(sample)) sample = 0;
    }
    return media::write_file(to, wave_file(samples));
}

}  // namespace

const char* untrusted_name(Untrusted kind) { return kNames[static_cast<size_t>(kind)]; }
const char* untrusted_code(Untrusted kind) { return kErrorCodes[static_cast<size_t>(kind)]; }

base::Status decode_untrusted(Untrusted kind, const std::string& from, const std::string& to,
                              const DecodeLimits& limits) {
    if (kind == Untrusted::Clip) return decode_clip(from, to, limits);
    if (kind == Untrusted::Sound) return decode_sound(from, to, limits);
    const auto picture = media::read_image(from, limits.most_pixels);
    if (!picture.ok())
        return reject("invalid_image",
                      "this is no PNG, JPEG or WebP that can be read: " + picture.error().message);
    if (picture->width_px < kSmallestSide || picture->height_px < kSmallestSide)
        return reject("invalid_image", "the picture is smaller than 16 x 16 pixels");
    return media::write_png(*picture, to);
}

}  // namespace studio
