// Extend: the film goes on from where its world ended; the result is the whole film.
#include "script/writer/remix.h"
#include "studio/film/make_film.h"
#include "studio/worker/failure.h"
#include "studio/worker/tasks.h"
#include "studio/worker/world_film.h"

namespace studio {

base::Result<Made> extend(Workplace& place) {
    const FilmJob& job = place.job;
    const auto source = read_film(place.input(job.source));
    if (!source.ok()) return reject("invalid_video", source.error().message);
    const double total_s = source->shots.seconds() + job.seconds;
    if (job.most_seconds > 0 && total_s > job.most_seconds + 1e-6)
        return too_long(total_s, job.most_seconds);
    script::Written film = TRY(script::extend_shot_list(source->shots, job.prompt, job.seconds));
    TRY(apply_options(job, film.shots));
    return shoot(place, film);
}

}  // namespace studio
