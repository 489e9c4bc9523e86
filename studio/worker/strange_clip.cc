#include "studio/worker/strange_clip.h"

#include <algorithm>
#include <cmath>

#include "media/pieces.h"
#include "studio/worker/finish.h"
#include "studio/worker/sources.h"
#include "studio/worker/traits.h"

namespace studio {
namespace {

base::Result<script::WriteOptions> like_clip(const FilmJob& job, const SafeClip& clip) {
    script::WriteOptions options;
    options.width_px = clip.width_px;
    options.height_px = clip.height_px;
    options.fps = clip.fps;
    if (job.seed > 0) options.seed = job.seed;
    options.style = TRY(style_of(job));
    return options;
}

// `seconds` long, unless it has a length of its own.
base::Result<script::Written> write_like(const FilmJob& job, const SafeClip& clip,
                                         const std::string& prompt, double seconds) {
    script::WriteOptions options = TRY(like_clip(job, clip));
    if (!job.own_length) options.seconds = std::max(seconds, 1 / clip.fps);
    return script::write_shot_list(prompt, options);
}

void say_pictures_only(script::Report& report, bool goes_on) {
    report.replaced.push_back(
        {goes_on ? "the world of the clip" : "a change of the clip's own pictures",
         "a new film that starts from its picture",
         "only films made here carry the world that they show"});
}

}  // namespace

base::Result<Made> go_on_from_clip(Workplace& place, const SafeClip& clip, int64_t first,
                                   int64_t end, const std::string& prompt, double seconds) {
    script::Written written = TRY(write_like(place.job, clip, prompt, seconds));
    WorldFilm film{std::move(written.shots), std::move(written.report)};
    say_pictures_only(film.report, true);
    film.after_clip = true;
    if (place.job.own_length) film.own_from_shot = 0;
    film.kept_path = clip.path;
    film.kept_from = first;
    film.kept_frames = end - first;
    film.clip_sound = TRY(clip_sound(clip, sample_at(first, clip.fps), sample_at(end, clip.fps)));
    film.clip_sound.resize(
        static_cast<size_t>(sample_at(end - first, clip.fps)) * base::kAudioChannels, 0.f);
    auto frames = TRY(ClipFrames::open(clip, end - 1));
    film.image = std::make_shared<base::Image8>(TRY(frames.next()));
    return shoot(place, film);
}

base::Result<Made> cut_clip(Workplace& place, const SafeClip& clip, int64_t first, int64_t end) {
    std::vector<float> samples =
        TRY(clip_sound(clip, sample_at(first, clip.fps), sample_at(end, clip.fps)));
    samples.resize(static_cast<size_t>(sample_at(end - first, clip.fps)) * base::kAudioChannels,
                   0.f);
    SoundInMemory sound(std::move(samples));
    media::ClipOptions options = clip_options({}, TRY(quality_of(place.job)));
    options.overwrite = true;
    const std::string video = place.output("video.mp4");
    const media::ClipInfo info = TRY(media::join_clip(
        {{clip.path, first, end}}, clip.fps, sound, video, options, nullptr, place.options.cancel));
    return clip_made(place, video, info, clip.width_px, clip.height_px, clip.fps, {});
}

base::Result<Made> film_like_clip(Workplace& place, const SafeClip& clip,
                                  const std::string& prompt) {
    const FilmJob& job = place.job;
    const double seconds = job.seconds > 0 ? job.seconds : clip.seconds();
    script::Written written = TRY(write_like(job, clip, prompt, seconds));
    TRY(apply_options(job, written.shots));
    WorldFilm film{std::move(written.shots), std::move(written.report)};
    say_pictures_only(film.report, false);
    auto frames = TRY(ClipFrames::open(clip, 0));
    const base::Image8 picture = TRY(frames.next());
    film.image =
        std::make_shared<base::Image8>(fill(picture, film.shots.width_px, film.shots.height_px));
    // The leading thing of the new film takes the clip's colour where the words name none.
    const Traits traits = traits_of({picture});
    if (!film.shots.cast.empty() && film.shots.cast.front().colour.empty() &&
        film.shots.cast.front().kind != "person" && !traits.colours.empty()) {
        film.shots.cast.front().colour = traits.colours.front().hex;
        film.report.replaced.push_back(
            {"the clip's colours",
             traits.colours.front().hex + " for " + film.shots.cast.front().id,
             "its main colour was measured"});
    }
    return shoot(place, film);
}

}  // namespace studio
