// Re-cut: a part of a film is kept; where there are words, it goes on from there
// (docs/api.md).
#include <algorithm>
#include <cmath>

#include "base/text/text.h"
#include "media/pieces.h"
#include "script/writer/remix.h"
#include "studio/film/record_file.h"
#include "studio/worker/failure.h"
#include "studio/worker/strange_clip.h"
#include "studio/worker/tasks.h"
#include "studio/worker/world_film.h"

namespace studio {
namespace {

struct Kept {
    int64_t first = 0, end = 0;  // pictures of the film
};

base::Result<Kept> kept_of(const FilmJob& job, int64_t frames, double fps) {
    Kept kept;
    kept.first = std::clamp<int64_t>(std::llround(job.start_s * fps), 0, frames);
    kept.end =
        job.end_s > 0 ? std::clamp<int64_t>(std::llround(job.end_s * fps), 0, frames) : frames;
    if (kept.end <= kept.first)
        return reject("invalid_video", "nothing would be kept; the part must lie within the film");
    return kept;
}

// The list as far as picture `end`: later shots go, the one that is cut is shorter.
void end_list_at(script::ShotList& list, int64_t end) {
    double seconds = 0;
    for (size_t i = 0; i < list.shots.size(); ++i) {
        script::Shot& shot = list.shots[i];
        const auto begin = std::llround(seconds * list.fps);
        seconds += shot.seconds;
        if (std::llround(seconds * list.fps) < end) continue;
        shot.seconds = static_cast<double>(end - begin) / list.fps;
        std::erase_if(shot.dialogue, [&](const script::Line& line) {
            return line.start_s && *line.start_s >= shot.seconds;
        });
        list.shots.resize(i + 1);
        return;
    }
}

// What the searches of the whole film found: a shot that is cut short may end before what it was
// searched for has happened.
base::Result<std::vector<std::vector<double>>> solutions_of(const Workplace& place,
                                                            const script::ShotList& list) {
    TakeOptions options;
    options.threads = place.options.threads;
    options.cancel = place.options.cancel;
    RecordFile nothing(false);
    return TRY(direct(list, options, nothing))->solutions();
}

base::Result<Made> recut_world(Workplace& place, const FilmPayload& source) {
    const FilmJob& job = place.job;
    const double fps = source.shots.fps;
    const int64_t frames = std::llround(source.shots.seconds() * fps) - source.first_frame;
    const Kept kept = TRY(kept_of(job, frames, fps));
    WorldFilm film{source.shots, {}, source.first_frame + kept.first};
    film.solutions = TRY(solutions_of(place, source.shots));
    end_list_at(film.shots, source.first_frame + kept.end);
    film.solutions.resize(std::min(film.solutions.size(), film.shots.shots.size()));
    if (!base::trim(job.prompt).empty()) {
        script::Written longer = TRY(script::extend_shot_list(film.shots, job.prompt, job.seconds));
        film.shots = std::move(longer.shots);
        film.report = std::move(longer.report);
    }
    if (place.options.made_here.count(job.source)) {
        const auto pictures = media::count_pictures(place.input(job.source));
        if (pictures.ok() && *pictures == frames) {
            film.kept_path = place.input(job.source);
            film.kept_from = kept.first;
            film.kept_frames = kept.end - kept.first;
        }
    }
    return shoot(place, film);
}

}  // namespace

base::Result<Made> recut(Workplace& place) {
    const FilmJob& job = place.job;
    const bool goes_on = !base::trim(job.prompt).empty();
    if (goes_on && !(job.seconds > 0))
        return base::usage_error("say how many seconds follow", "/seconds");
    if (const auto source = read_film(place.input(job.source)); source.ok())
        return recut_world(place, *source);
    const SafeClip clip = TRY(open_clip(place, job.source));
    const Kept kept = TRY(kept_of(job, clip.frames, clip.fps));
    if (!goes_on) return cut_clip(place, clip, kept.first, kept.end);
    return go_on_from_clip(place, clip, kept.first, kept.end, job.prompt, job.seconds);
}

}  // namespace studio
