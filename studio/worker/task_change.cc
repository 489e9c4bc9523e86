// Remix and edit: the same film, only what the words ask is different.
#include <algorithm>
#include <cmath>

#include "script/shots/lengths.h"
#include "script/writer/edit.h"
#include "script/writer/remix.h"
#include "studio/worker/strange_clip.h"
#include "studio/worker/tasks.h"
#include "studio/worker/world_film.h"

namespace studio {

base::Result<Made> change(Workplace& place) {
    const FilmJob& job = place.job;
    if (!is_ours(place, job.source))
        return film_like_clip(place, TRY(open_clip(place, job.source)), job.prompt);
    const FilmPayload source = TRY(read_source(place, job.source));
    script::Written written = TRY(script::remix_shot_list(source.shots, job.prompt));
    WorldFilm film{std::move(written.shots), std::move(written.report), source.first_frame};
    TRY(apply_options(job, film.shots));
    const double cut_s = static_cast<double>(source.first_frame) / source.shots.fps;
    const bool new_story = script::tells_story(job.prompt);
    if (new_story) {
        film.first_frame = 0;
        const auto& asked = film.shots.asked;
        const bool own_length = std::find(asked.begin(), asked.end(), "seconds") != asked.end();
        // In place of the old one: as long as that was.
        if (job.seconds > 0) script::set_lengths(film.shots, job.seconds);
        else if (!own_length) script::set_lengths(film.shots, source.shots.seconds() - cut_s);
        return shoot(place, film);
    }
    if (job.seconds > 0) {
        const double whole_s = film.shots.seconds();
        script::set_lengths(film.shots, job.seconds * whole_s / (whole_s - cut_s));
    }
    const double share =
        film.shots.seconds() * film.shots.fps / (source.shots.seconds() * source.shots.fps);
    film.first_frame = std::llround(static_cast<double>(source.first_frame) * share);
    return shoot(place, film);
}

}  // namespace studio
