// Words, or a storyboard, become a film.
#include "script/writer/remix.h"
#include "studio/worker/characters.h"
#include "studio/worker/clips.h"
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

base::Status start_from_picture(Workplace& place, WorldFilm& film) {
    if (place.job.image.empty()) return {};
    const base::Image8 picture = TRY(open_picture(place, place.job.image));
    film.image =
        std::make_shared<base::Image8>(fill(picture, film.shots.width_px, film.shots.height_px));
    return {};
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
        if (!job.own_length) options.seconds = job.seconds;
    }
    FilmJob told = job;
    std::string words = told.prompt;
    for (const StoryboardEntry& entry : told.storyboard) words += "\n" + entry.prompt;
    const std::vector<Part> parts = cast_characters(job.characters, told);
    script::Written film = told.storyboard.empty()
                               ? TRY(script::write_shot_list(told.prompt, options))
                               : TRY(write_storyboard(told, options));
    dress_characters(parts, film);
    if (!parts.empty()) film.shots.prompt = words;
    WorldFilm world{std::move(film.shots), std::move(film.report)};
    if (job.own_length) world.own_from_shot = 0;
    TRY(start_from_picture(place, world));
    return shoot(place, world);
}

}  // namespace studio
