// Loop: the film runs round without a seam (docs/api.md).
#include <algorithm>
#include <cmath>

#include "media/pieces.h"
#include "studio/worker/clips.h"
#include "studio/worker/failure.h"
#include "studio/worker/finish.h"
#include "studio/worker/sources.h"
#include "studio/worker/tasks.h"

namespace studio {
namespace {

constexpr double kLongestDissolve_s = 2;
constexpr int64_t kShortestDissolve = 4;  // frames

struct Window {
    int64_t first = 0, end = 0;  // frames of the clip
    int64_t dissolve = 0;        // frames at its end that turn into those at its beginning
    int64_t length() const { return end - first - dissolve; }
};

base::Result<Window> window_of(const FilmJob& job, const SafeClip& clip) {
    Window w;
    w.first = std::clamp<int64_t>(std::llround(job.start_s * clip.fps), 0, clip.frames);
    w.end = job.end_s > 0 ? std::clamp<int64_t>(std::llround(job.end_s * clip.fps), 0, clip.frames)
                          : clip.frames;
    const int64_t frames = w.end - w.first;
    if (frames < 3 * kShortestDissolve)
        return reject("invalid_video", "a loop needs at least 12 pictures; choose a longer part");
    const double wished = job.strength * static_cast<double>(frames) / 2;
    const auto longest =
        std::min<int64_t>((frames - 1) / 2, std::llround(kLongestDissolve_s * clip.fps));
    w.dissolve = std::clamp<int64_t>(std::llround(wished), kShortestDissolve, longest);
    return w;
}

// The end fades into what was before the beginning; equal power keeps the loudness of sounds that
// have nothing to do with one another.
std::vector<float> loop_sound(const std::vector<float>& x, int64_t dissolve) {
    const auto count = static_cast<int64_t>(x.size()) / 2;
    std::vector<float> out(x.begin() + 2 * dissolve, x.end());
    for (int64_t i = 0; i < dissolve; ++i) {
        const double turn =
            0.5 * 3.14159265358979 * static_cast<double>(i + 1) / static_cast<double>(dissolve);
        const auto old_gain = static_cast<float>(std::cos(turn)),
                   new_gain = static_cast<float>(std::sin(turn));
        for (int64_t c = 0; c < 2; ++c) {
            const auto at = static_cast<size_t>(2 * (count - dissolve + i) + c);
            out[at - static_cast<size_t>(2 * dissolve)] =
                old_gain * x[at] + new_gain * x[static_cast<size_t>(2 * i + c)];
        }
    }
    return out;
}

}  // namespace

base::Result<Made> loop(Workplace& place) {
    const SafeClip clip = TRY(open_clip(place, place.job.source));
    const Window w = TRY(window_of(place.job, clip));
    const media::ClipOptions plain = clip_options({}, TRY(quality_of(place.job)));

    // The beginning is held, then met by the end.
    std::vector<base::Image8> beginning;
    auto frames = TRY(ClipFrames::open(clip, w.first));
    for (int64_t i = 0; i < w.dissolve; ++i) beginning.push_back(TRY(frames.next()));
    for (int64_t i = w.first + w.dissolve; i < w.end - w.dissolve; ++i) TRY(frames.next());
    const std::string tail = place.part("dissolve.mp4");
    auto piece =
        TRY(media::PieceWriter::create(tail, clip.width_px, clip.height_px, clip.fps, plain));
    for (int64_t i = 0; i < w.dissolve; ++i) {
        if (place.options.cancel != nullptr) TRY(place.options.cancel->check());
        const double share =
            smoothly(static_cast<double>(i + 1) / static_cast<double>(w.dissolve + 1));
        const base::Image8 picture =
            mix(TRY(frames.next()), beginning[static_cast<size_t>(i)], share);
        TRY(piece->add(picture));
        place.meter.rendered(w.length() - w.dissolve + i + 1, w.length(), &picture);
    }
    TRY(piece->finish());

    const int64_t begin = sample_at(w.first, clip.fps);
    const std::vector<float> whole =
        TRY(clip_sound(clip, begin, begin + sample_at(w.end - w.first, clip.fps)));
    const int64_t samples = sample_at(w.length(), clip.fps);
    SoundInMemory sound(loop_sound(whole, static_cast<int64_t>(whole.size()) / 2 - samples));

    media::ClipOptions options = plain;
    options.overwrite = true;
    const std::string video = place.output("video.mp4");
    const media::ClipInfo info =
        TRY(media::join_clip({{clip.path, w.first + w.dissolve, w.end - w.dissolve}, {tail}},
                             clip.fps, sound, video, options, nullptr, place.options.cancel));
    return clip_made(place, video, info, clip.width_px, clip.height_px, clip.fps, {});
}

}  // namespace studio
