#include "studio/worker/clips.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>

#include "media/atomic_file.h"
#include "media/decode.h"
#include "media/pieces.h"
#include "media/still.h"
#include "studio/worker/failure.h"
#include "studio/worker/sources.h"

namespace studio {
namespace {

base::Result<std::string> safe_file(Workplace& place, const std::string& input, Untrusted kind,
                                    double most_seconds) {
    if (place.options.made_here.count(input) && kind != Untrusted::Picture)
        return place.input(input);
    const std::string folder = place.folder + "/decoded";
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    constexpr std::array<const char*, 3> kEnds = {".mp4", ".png", ".wav"};
    const std::string safe = folder + "/" + input + kEnds[static_cast<size_t>(kind)];
    if (std::filesystem::exists(safe, ignored)) return safe;
    DecodeLimits limits;
    if (most_seconds > 0) limits.most_seconds = most_seconds;
    TRY(decode_in_sandbox(place.options.sandbox, kind, place.input(input), safe, limits,
                          place.options.cancel));
    return safe;
}

}  // namespace

base::Result<SafeClip> open_clip(Workplace& place, const std::string& input) {
    SafeClip clip;
    clip.path = TRY(safe_file(place, input, Untrusted::Clip, place.job.most_seconds));
    const media::FilmInfo info = TRY(media::inspect_film(clip.path));
    clip.width_px = info.width_px;
    clip.height_px = info.height_px;
    clip.fps = info.fps;
    clip.frames = TRY(media::count_pictures(clip.path));
    if (clip.frames < 1 || !(clip.fps > 0))
        return reject("invalid_video", "the clip has no pictures");
    return clip;
}

base::Result<base::Image8> open_picture(Workplace& place, const std::string& input) {
    return media::read_image(TRY(safe_file(place, input, Untrusted::Picture, 0)));
}

base::Result<std::string> safe_picture_or_clip(Workplace& place, const std::string& input,
                                               double most_seconds) {
    const Untrusted kind = is_picture(place, input) ? Untrusted::Picture : Untrusted::Clip;
    return safe_file(place, input, kind, most_seconds);
}

base::Result<std::string> safe_sound(Workplace& place, const std::string& input, double seconds) {
    return safe_file(place, input, Untrusted::Sound, seconds);
}

bool is_picture(const Workplace& place, const std::string& input) {
    std::FILE* file = std::fopen(place.input(input).c_str(), "rbe");
    if (file == nullptr) return false;
    char head[12] = {};
    const size_t got = std::fread(head, 1, sizeof head, file);
    std::fclose(file);
    if (got < sizeof head) return false;
    return std::memcmp(head, "\x89PNG", 4) == 0 || std::memcmp(head, "\xff\xd8\xff", 3) == 0 ||
           (std::memcmp(head, "RIFF", 4) == 0 && std::memcmp(head + 8, "WEBP", 4) == 0);
}

base::Image8 fill(const base::Image8& picture, int width_px, int height_px) {
    if (picture.width_px == width_px && picture.height_px == height_px) return picture;
    const double shape = static_cast<double>(width_px) / height_px;
    int w = picture.width_px, h = picture.height_px;
    if (w > shape * h) w = std::max(1, static_cast<int>(std::lround(shape * h)));
    else h = std::max(1, static_cast<int>(std::lround(w / shape)));
    w = std::min(w, picture.width_px);
    h = std::min(h, picture.height_px);
    const int left = (picture.width_px - w) / 2, top = (picture.height_px - h) / 2;
    base::Image8 middle(w, h, 3);
    for (int y = 0; y < h; ++y)
        std::copy_n(picture.at(left, top + y), static_cast<size_t>(w) * 3, middle.at(0, y));
    return media::resize(middle, width_px, height_px);
}

base::Result<ClipFrames> ClipFrames::open(const SafeClip& clip, int64_t first) {
    ClipFrames frames;
    frames.path_ = clip.path;
    frames.source_ = TRY(media::open_frames(clip.path));
    for (int64_t i = 0; i < first; ++i) TRY(frames.next());
    return frames;
}

base::Result<base::Image8> ClipFrames::next() {
    std::optional<base::Frame> frame = TRY(source_->next());
    if (!frame) return base::failed("the clip ends before its time", path_);
    return std::move(frame->image);
}

base::Result<std::vector<float>> clip_sound(const SafeClip& clip, int64_t first, int64_t end) {
    const auto count = static_cast<size_t>(std::max<int64_t>(0, end - first));
    std::vector<float> samples;
    samples.reserve(count * base::kAudioChannels);
    const media::FilmInfo info = TRY(media::inspect_film(clip.path));
    if (info.has_audio) {
        const auto source = TRY(media::open_sound(clip.path));
        SoundSpan span(*source, first, end);
        while (const auto block = TRY(span.next()))
            samples.insert(samples.end(), block->samples.begin(), block->samples.end());
    }
    samples.resize(count * base::kAudioChannels, 0.f);
    return samples;
}

base::Result<std::optional<base::AudioBlock>> SoundInMemory::next() {
    constexpr int64_t kBlock = 4800;
    const int64_t count = std::min(kBlock, sample_count() - next_);
    if (count <= 0) return std::optional<base::AudioBlock>();
    base::AudioBlock block;
    block.first_sample = next_;
    const auto from = samples_.begin() + next_ * base::kAudioChannels;
    block.samples.assign(from, from + count * base::kAudioChannels);
    next_ += count;
    return std::optional<base::AudioBlock>(std::move(block));
}

double smoothly(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return t * t * t * (t * (6 * t - 15) + 10);
}

base::Image8 mix(const base::Image8& a, const base::Image8& b, double share) {
    base::Image8 out(a.width_px, a.height_px, 3);
    const int of_b = static_cast<int>(std::lround(share * 1024)), of_a = 1024 - of_b;
    for (size_t i = 0; i < out.data.size(); ++i)
        out.data[i] = static_cast<uint8_t>((a.data[i] * of_a + b.data[i] * of_b + 512) >> 10);
    return out;
}

}  // namespace studio
