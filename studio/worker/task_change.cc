// Remix and edit: the same film, only what the words ask is different.
#include <algorithm>

#include "script/shots/lengths.h"
#include "script/writer/edit.h"
#include "script/writer/remix.h"
#include "studio/film/make_film.h"
#include "studio/worker/failure.h"
#include "studio/worker/tasks.h"
#include "studio/worker/world_film.h"

namespace studio {

base::Result<Made> change(Workplace& place) {
    const FilmJob& job = place.job;
    const auto source = read_film(place.input(job.source));
    if (!source.ok()) return reject("invalid_video", source.error().message);
    script::Written film = TRY(script::remix_shot_list(source->shots, job.prompt));
    TRY(apply_options(job, film.shots));
    const auto& asked = film.shots.asked;
    if (job.seconds > 0) {
        script::set_lengths(film.shots, job.seconds);
    } else if (script::tells_story(job.prompt) &&
               std::find(asked.begin(), asked.end(), "seconds") == asked.end()) {
        // A new story in place of the old one is as long as that was.
        script::set_lengths(film.shots, source->shots.seconds());
    }
    return shoot(place, film);
}

}  // namespace studio
