#include "studio/worker/world_film.h"

#include <cmath>

#include "media/atomic_file.h"
#include "script/screenplay/from_shots.h"
#include "studio/film/make_film.h"
#include "studio/worker/finish.h"

namespace studio {

base::Result<Made> shoot(Workplace& place, const script::Written& film) {
    if (place.job.most_seconds > 0 &&
        film.shots.seconds() > place.job.most_seconds + 0.5 / film.shots.fps)
        return too_long(film.shots.seconds(), place.job.most_seconds);
    Made made;
    made.outputs["record"] = place.output("record.json");
    made.outputs["shots"] = place.output("shots.json");
    made.outputs["screenplay"] = place.output("screenplay.fountain");

    FilmRequest request;
    request.shots = film.shots;
    request.report = film.report;
    request.output_path = place.output("video.mp4");
    request.overwrite = true;
    request.record_path = made.outputs["record"];
    request.shots_path = made.outputs["shots"];
    request.quality = TRY(quality_of(place.job));
    request.threads = place.options.threads;
    const FilmResult result = TRY(make_film(
        request,
        [&](const Progress& p, const base::Image8* picture) {
            if (p.stage == Stage::Rendering) place.meter.rendered(p.frame, p.frames, picture);
            else place.meter.director(p);
        },
        place.options.cancel));
    TRY(media::write_file(made.outputs["screenplay"],
                          script::screenplay_from_shot_list(film.shots)));
    TRY(add_pictures(place, request.output_path, made));
    made.result = result_json(result.clip, film.shots.width_px, film.shots.height_px,
                              film.shots.fps, result.report);
    return made;
}

}  // namespace studio
