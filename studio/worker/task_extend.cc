// Extend: the film goes on from where its world ended; the result is the whole film.
#include <cmath>
#include <optional>

#include "script/writer/remix.h"
#include "studio/worker/strange_clip.h"
#include "studio/worker/tasks.h"
#include "studio/worker/world_film.h"

namespace studio {

base::Result<Made> extend(Workplace& place) {
    const FilmJob& job = place.job;
    if (!is_ours(place, job.source)) {
        const SafeClip clip = TRY(open_clip(place, job.source));
        return go_on_from_clip(place, clip, 0, clip.frames, job.prompt, job.seconds);
    }
    const FilmPayload source = TRY(read_source(place, job.source));
    const double cut_s = static_cast<double>(source.first_frame) / source.shots.fps;
    const double total_s = source.shots.seconds() - cut_s + job.seconds;
    if (job.most_seconds > 0 && total_s > job.most_seconds + 1e-6)
        return too_long(total_s, job.most_seconds);
    const std::optional<double> more_s = job.own_length ? std::nullopt : std::optional(job.seconds);
    script::Written written = TRY(script::extend_shot_list(source.shots, job.prompt, more_s));
    WorldFilm film{std::move(written.shots), std::move(written.report), source.first_frame};
    TRY(apply_options(job, film.shots));
    const double rate = film.shots.fps / source.shots.fps;
    film.first_frame = std::llround(static_cast<double>(source.first_frame) * rate);
    if (job.own_length) film.own_from_shot = source.shots.shots.size();
    keep_source(place, job.source, source, film);
    return shoot(place, film);
}

}  // namespace studio
