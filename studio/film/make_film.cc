#include "studio/film/make_film.h"

#include <algorithm>
#include <cmath>

#include "media/atomic_file.h"
#include "media/still.h"
#include "script/shots/codec.h"
#include "studio/film/passes.h"
#include "studio/film/record_file.h"
#include "studio/neural/film.h"

namespace studio {
namespace {

constexpr int64_t kMostStateBytes = 64 << 20;

// Finds out before an hour of rendering, not after it; the probe vanishes.
base::Status check_writable(const std::string& path, bool overwrite) {
    TRY(media::AtomicFile::create(path, overwrite));
    return {};
}

}  // namespace

base::Result<FilmResult> make_film(const FilmRequest& request, const FilmProgress& progress,
                                   const base::CancelToken* cancel) {
    TRY(check_writable(request.output_path, request.overwrite));
    for (const std::string* side :
         {&request.record_path, &request.shots_path, &request.state_path}) {
        if (!side->empty()) TRY(check_writable(*side, true));
    }
    if (!request.model.empty()) return make_neural_film(request, progress, cancel);
    std::unique_ptr<PassWriter> passes;
    TakeOptions options;
    options.quality = request.quality;
    options.threads = request.threads;
    options.cancel = cancel;
    Progress drawn;
    if (progress) {
        options.progress = [&](const Progress& p) {
            drawn = p;
            if (p.stage != Stage::Rendering) progress(p, nullptr);
        };
    }
    if (!request.continue_path.empty())
        options.continue_state = TRY(media::read_file(request.continue_path, kMostStateBytes));
    if (!request.image_path.empty()) {
        options.image = std::make_shared<base::Image8>(TRY(media::read_image(request.image_path)));
    }
    if (!request.passes_dir.empty()) {
        passes = TRY(PassWriter::create(request.passes_dir, request.shots));
        options.passes = [&](int64_t frame, const render::Passes& p) {
            return passes->write(frame, p);
        };
    }
    RecordFile record(!request.record_path.empty());
    std::unique_ptr<Take> take = TRY(direct(request.shots, options, record));

    FilmResult result;
    result.report = request.report;
    add_remarks(result.report, take->report());
    result.loudness_lufs = take->loudness_lufs();

    media::ClipOptions clip = clip_options(request.shots, request.quality);
    clip.threads = request.threads;
    if (options.image) clip.first_quantiser = kPictureQuantiser;
    clip.overwrite = request.overwrite;
    clip.payload_json = payload_json({request.shots, take->end_state(), 0, ""});
    result.clip = TRY(media::encode_clip(
        take->frames(), take->audio(), request.output_path, clip,
        [&](const media::ClipProgress& p) {
            if (progress) progress(drawn, p.last_frame);
        },
        cancel));
    if (!request.record_path.empty())
        TRY(record.write(request.record_path, request.shots, result.report));
    if (!request.shots_path.empty()) {
        TRY(media::write_file(request.shots_path, script::to_json(request.shots).dump(2) + "\n"));
    }
    if (!request.state_path.empty()) TRY(media::write_file(request.state_path, take->end_state()));
    if (passes) TRY(passes->finish());
    return result;
}

base::Result<FilmPayload> read_film(const std::string& path) {
    const std::string text = TRY(media::read_payload(path));
    const base::Json payload = TRY(base::parse_json(text, path));
    if (!payload.is_object() || !payload.contains("shots")) {
        return base::failed("this film carries no shot list of ours", path);
    }
    FilmPayload film;
    film.shots = TRY(script::parse_shot_list(payload.at("shots").dump(), path));
    if (payload.contains("state")) film.state_json = payload.at("state").dump();
    if (const auto first = payload.find("first_frame");
        first != payload.end() && first->is_number_integer()) {
        film.first_frame = first->get<int64_t>();
    }
    if (const auto hash = payload.find("frame_hash"); hash != payload.end() && hash->is_string())
        film.frame_hash = hash->get<std::string>();
    const auto frames = std::llround(film.shots.seconds() * film.shots.fps);
    if (film.first_frame < 0 || film.first_frame >= frames)
        return base::failed("this film's shot list does not belong to it", path);
    return film;
}

std::string payload_json(const FilmPayload& film) {
    base::Json payload = {{"schema", "aozora-film/1"}, {"shots", script::to_json(film.shots)}};
    if (!film.state_json.empty()) payload["state"] = base::Json::parse(film.state_json);
    if (film.first_frame > 0) payload["first_frame"] = film.first_frame;
    if (!film.frame_hash.empty()) payload["frame_hash"] = film.frame_hash;
    return payload.dump();
}

media::ClipOptions clip_options(const script::ShotList& shots, render::Quality quality) {
    media::ClipOptions clip;
    clip.title = shots.title;
    clip.comment = shots.prompt;
    if (quality == render::Quality::Draft) clip.preset = "veryfast";
    if (quality == render::Quality::Final) clip.crf = 15;
    return clip;
}

void add_remarks(script::Report& all, const script::Report& more) {
    const auto add = [](auto& list, const auto& one) {
        if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
    };
    for (const std::string& word : more.understood) add(all.understood, word);
    for (const std::string& word : more.left_out) add(all.left_out, word);
    for (const auto& r : more.replaced) {
        const bool known =
            std::any_of(all.replaced.begin(), all.replaced.end(), [&](const auto& k) {
                return k.asked == r.asked && k.used == r.used && k.why == r.why;
            });
        if (!known) all.replaced.push_back(r);
    }
}

}  // namespace studio
