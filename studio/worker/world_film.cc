#include "studio/worker/world_film.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "base/core/log.h"
#include "media/atomic_file.h"
#include "media/pieces.h"
#include "media/stream_hash.h"
#include "script/screenplay/from_shots.h"
#include "script/shots/codec.h"
#include "studio/film/record_file.h"
#include "studio/worker/checkpoint.h"
#include "studio/worker/failure.h"
#include "studio/worker/finish.h"
#include "studio/worker/sources.h"

namespace studio {
namespace {

// As long as a GOP is at most (media/tracks.cc): a piece costs no key frame more.
constexpr double kPiece_s = 2;

int64_t frames_until(const script::ShotList& list, size_t shot) {
    double seconds = 0;
    for (size_t i = 0; i < shot; ++i) seconds += list.shots[i].seconds;
    return std::llround(seconds * list.fps);
}

// Where the piece ends that begins at `frame` of the list: after kPiece_s or with the shot.
int64_t piece_end(const script::ShotList& list, int64_t frame) {
    const auto longest = std::max<int64_t>(1, std::llround(kPiece_s * list.fps));
    for (size_t shot = 0; shot < list.shots.size(); ++shot) {
        const int64_t begin = frames_until(list, shot), end = frames_until(list, shot + 1);
        if (frame >= end) continue;
        // Counted from the shot's start, so that a piece begins there whatever came before.
        const int64_t next = begin + ((frame - begin) / longest + 1) * longest;
        return std::min(next, end);
    }
    return frame + longest;
}

// Two jobs with the same name draw the same pictures.
std::string film_name(const WorldFilm& film, const std::string& quality) {
    media::StreamHash hash;
    const std::string text = script::to_json(film.shots).dump() + "\n" + quality + "\n" +
                             std::to_string(film.first_frame) + "\n" +
                             std::to_string(film.kept_frames) + "\n" +
                             std::to_string(film.kept_from);
    hash.add(text.data(), text.size());
    char name[24];
    std::snprintf(name, sizeof name, "%016llx", static_cast<unsigned long long>(hash.value()));
    return name;
}

std::string part_name(size_t number) {
    char name[32];
    std::snprintf(name, sizeof name, "part-%03zu.mp4", number);
    return name;
}

class Shooting {
public:
    Shooting(Workplace& place, const WorldFilm& film, render::Quality quality)
        : place_(place),
          film_(film),
          quality_(quality),
          clip_(clip_options(film.shots, quality)),
          lead_(film.after_clip ? film.kept_frames : 0),
          total_(lead_ + frames_until(film.shots, film.shots.shots.size()) - film.first_frame) {}

    base::Result<Made> run() {
        DoneParts done = read_checkpoint(place_.options.checkpoint,
                                         film_name(film_, place_.job.quality), place_.part(""));
        const int64_t drawn_from = film_.kept_frames + done.frames();
        TakeOptions options;
        options.quality = quality_;
        options.threads = place_.options.threads;
        options.cancel = place_.options.cancel;
        options.first_frame = list_frame(drawn_from);
        options.image = film_.image;
        options.solutions = film_.solutions;
        options.progress = [&](const Progress& p) {
            if (p.stage != Stage::Rendering) place_.meter.director(p);
        };
        RecordFile record(true);
        const std::unique_ptr<Take> take = TRY(direct(film_.shots, options, record));

        std::optional<media::StreamHash> hash = hash_so_far(done);
        int64_t next = drawn_from;
        while (next < total_) {
            const int64_t length = piece_end(film_.shots, list_frame(next)) - list_frame(next);
            const int64_t end = std::min(total_, next + length);
            TRY(draw_piece(*take, next, end, part_name(done.parts.size()), hash));
            done.parts.push_back(
                {part_name(done.parts.size()), end - next, hash ? hash->save() : ""});
            next = end;
            // After the last piece the end is near: nothing is worth keeping any more.
            if (next < total_) keep(done);
        }
        return finish(done, *take, record, hash);
    }

private:
    int64_t list_frame(int64_t film_frame) const { return film_.first_frame + film_frame - lead_; }

    // Unknown when pictures were taken over whose hash nobody noted.
    std::optional<media::StreamHash> hash_so_far(const DoneParts& done) const {
        if (!done.parts.empty()) return media::StreamHash::restore(done.parts.back().frame_hash);
        if (film_.kept_frames > 0) return media::StreamHash::restore(film_.kept_hash);
        return media::StreamHash();
    }

    base::Status draw_piece(Take& take, int64_t first, int64_t end, const std::string& name,
                            std::optional<media::StreamHash>& hash) {
        media::ClipOptions clip = clip_;
        if (film_.image && list_frame(first) == 0) clip.first_quantiser = kPictureQuantiser;
        auto piece = TRY(media::PieceWriter::create(place_.part(name), film_.shots.width_px,
                                                    film_.shots.height_px, film_.shots.fps, clip));
        for (int64_t i = first; i < end; ++i) {
            const std::optional<base::Frame> frame = TRY(take.frames().next());
            if (!frame) return base::failed("the film ends before its time");
            if (hash) hash->add(frame->image.data.data(), frame->image.data.size());
            TRY(piece->add(frame->image));
            place_.meter.rendered(i + 1, total_, &frame->image);
        }
        return piece->finish();
    }

    void keep(const DoneParts& done) {
        if (!place_.options.keep) return;
        const std::string& name = done.parts.back().name;
        const auto kept = place_.options.keep({name, place_.part(name), checkpoint_json(done)});
        if (!kept.ok()) base::log_warning("a piece was not kept: " + kept.error().text());
    }

    base::Result<Made> finish(const DoneParts& done, Take& take, const RecordFile& record,
                              const std::optional<media::StreamHash>& hash) {
        script::Report report = film_.report;
        add_remarks(report, take.report());
        std::vector<media::PictureSpan> spans;
        if (film_.kept_frames > 0) {
            spans.push_back(
                {film_.kept_path, film_.kept_from, film_.kept_from + film_.kept_frames});
        }
        for (const DonePart& part : done.parts) spans.push_back({place_.part(part.name)});

        Made made;
        const std::string video = place_.output("video.mp4");
        clip_.overwrite = true;
        if (!film_.after_clip) {
            clip_.payload_json = payload_json(
                {film_.shots, take.end_state(), film_.first_frame, hash ? hash->save() : ""});
        }
        SoundSpan drawn(take.audio(), sample_at(film_.first_frame, film_.shots.fps),
                        sample_at(list_frame(total_), film_.shots.fps));
        SoundAfter sound(film_.clip_sound, drawn);
        const media::ClipInfo clip = TRY(media::join_clip(spans, film_.shots.fps, sound, video,
                                                          clip_, nullptr, place_.options.cancel));
        if (!film_.after_clip) TRY(write_beside(made, record, report));
        TRY(add_pictures(place_, video, made));
        made.result =
            result_json(clip, film_.shots.width_px, film_.shots.height_px, film_.shots.fps, report);
        made.result["frame_hash"] = hash ? hash_text(hash->value()) : "";
        made.result["kept_frames"] = film_.kept_frames;
        return made;
    }

    base::Status write_beside(Made& made, const RecordFile& record, const script::Report& report) {
        made.outputs["record"] = place_.output("record.json");
        made.outputs["shots"] = place_.output("shots.json");
        made.outputs["screenplay"] = place_.output("screenplay.fountain");
        base::Json json = record.to_json(film_.shots, report);
        if (film_.first_frame > 0)
            json = record_from(json, static_cast<double>(film_.first_frame) / film_.shots.fps);
        TRY(media::write_file(made.outputs["record"], json.dump() + "\n"));
        TRY(media::write_file(made.outputs["shots"], script::to_json_text(film_.shots)));
        return media::write_file(made.outputs["screenplay"],
                                 script::screenplay_from_shot_list(film_.shots));
    }

    Workplace& place_;
    const WorldFilm& film_;
    render::Quality quality_;
    media::ClipOptions clip_;
    int64_t lead_;   // pictures that stand before the list
    int64_t total_;  // pictures of the film
};

}  // namespace

bool is_ours(const Workplace& place, const std::string& input) {
    return read_film(place.input(input)).ok();
}

base::Result<FilmPayload> read_source(const Workplace& place, const std::string& input) {
    auto film = read_film(place.input(input));
    if (!film.ok()) return reject("invalid_video", film.error().message);
    return film;
}

void keep_source(const Workplace& place, const std::string& input, const FilmPayload& source,
                 WorldFilm& film) {
    if (!place.options.made_here.count(input)) return;
    const script::ShotList &a = source.shots, &b = film.shots;
    if (a.width_px != b.width_px || a.height_px != b.height_px || a.fps != b.fps ||
        a.style != b.style || a.seed != b.seed || source.first_frame != film.first_frame) {
        return;
    }
    const int64_t frames = frames_until(a, a.shots.size()) - source.first_frame;
    const auto pictures = media::count_pictures(place.input(input));
    if (!pictures.ok() || *pictures != frames) return;
    film.kept_path = place.input(input);
    film.kept_frames = frames;
    film.kept_hash = source.frame_hash;
}

base::Status check_length(const Workplace& place, const WorldFilm& film,
                          const script::ShotList& list) {
    const auto lead = static_cast<double>(film.after_clip ? film.kept_frames : 0);
    const double seconds =
        list.seconds() + (lead - static_cast<double>(film.first_frame)) / list.fps;
    if (place.job.most_seconds > 0 && seconds > place.job.most_seconds + 0.5 / list.fps)
        return too_long(seconds, place.job.most_seconds);
    return {};
}

base::Result<Made> shoot(Workplace& place, const WorldFilm& film) {
    const render::Quality quality = TRY(quality_of(place.job));
    if (!film.own_from_shot) TRY(check_length(place, film, film.shots));
    if (film.own_from_shot && place.job.engine != "neural")
        return reject("unsupported", "only a neural model has an idea of a film's length");
    if (place.job.engine == "neural") return shoot_neural(place, film, quality);
    return Shooting(place, film, quality).run();
}

}  // namespace studio
