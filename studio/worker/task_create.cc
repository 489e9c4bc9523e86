// Words, or a storyboard, become a film.
#include "script/writer/remix.h"
#include "studio/worker/failure.h"
#include "studio/worker/tasks.h"
#include "studio/worker/world_film.h"

namespace studio {
namespace {

// Each entry goes on where the one before it ended, in the same world with the same cast, unless
// its words name another place.
base::Result<script::Written> write_storyboard(const FilmJob& job, script::WriteOptions options) {
    script::Written film;
    for (size_t i = 0; i < job.storyboard.size(); ++i) {
        const StoryboardEntry& entry = job.storyboard[i];
        if (i == 0) {
            options.seconds = entry.seconds;
            film = TRY(script::write_shot_list(entry.prompt, options));
            continue;
        }
        script::Written longer =
            TRY(script::extend_shot_list(film.shots, entry.prompt, entry.seconds));
        film.shots = std::move(longer.shots);
        add_remarks(film.report, longer.report);
    }
    const bool own_words = !job.prompt.empty() && job.prompt != job.storyboard.front().prompt;
    if (own_words) {
        film.report.replaced.push_back(
            {job.prompt, "the storyboard", "a storyboard says what happens, entry by entry"});
    }
    return film;
}

}  // namespace

base::Result<Made> create(Workplace& place) {
    const FilmJob& job = place.job;
    script::WriteOptions options;
    if (job.width_px > 0) {
        options.width_px = job.width_px;
        options.height_px = job.height_px;
    }
    if (job.fps > 0) options.fps = job.fps;
    if (job.seed > 0) options.seed = job.seed;
    options.style = TRY(style_of(job));
    if (job.seconds > 0) {
        if (job.most_seconds > 0 && job.seconds > job.most_seconds)
            return too_long(job.seconds, job.most_seconds);
        options.seconds = job.seconds;
    }
    script::Written film = job.storyboard.empty()
                               ? TRY(script::write_shot_list(job.prompt, options))
                               : TRY(write_storyboard(job, options));
    return shoot(place, {std::move(film.shots), std::move(film.report)});
}

}  // namespace studio
