#include "studio/film/make_film.h"

#include <algorithm>

#include "media/atomic_file.h"
#include "script/shots/codec.h"
#include "studio/film/passes.h"
#include "studio/film/record_file.h"

namespace studio {
namespace {

constexpr int64_t kMostStateBytes = 64 << 20;

// Finds out before an hour of rendering, not after it; the probe vanishes.
base::Status check_writable(const std::string& path, bool overwrite) {
    TRY(media::AtomicFile::create(path, overwrite));
    return {};
}

// Each remark once.
void append(script::Report& all, const script::Report& more) {
    for (const auto& r : more.replaced) {
        const bool known =
            std::any_of(all.replaced.begin(), all.replaced.end(), [&](const auto& k) {
                return k.asked == r.asked && k.used == r.used && k.why == r.why;
            });
        if (!known) all.replaced.push_back(r);
    }
    for (const std::string& word : more.left_out) {
        if (std::find(all.left_out.begin(), all.left_out.end(), word) == all.left_out.end())
            all.left_out.push_back(word);
    }
}

}  // namespace

base::Result<FilmResult> make_film(const FilmRequest& request, const FilmProgress& progress,
                                   const base::CancelToken* cancel) {
    TRY(check_writable(request.output_path, request.overwrite));
    for (const std::string* side :
         {&request.record_path, &request.shots_path, &request.state_path}) {
        if (!side->empty()) TRY(check_writable(*side, true));
    }
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
    append(result.report, take->report());
    result.loudness_lufs = take->loudness_lufs();

    media::ClipOptions clip;
    clip.threads = request.threads;
    clip.overwrite = request.overwrite;
    clip.title = request.shots.title;
    clip.comment = request.shots.prompt;
    if (request.quality == render::Quality::Draft) clip.preset = "veryfast";
    if (request.quality == render::Quality::Final) clip.crf = 15;
    clip.payload_json = base::Json({{"schema", "aozora-film/1"},
                                    {"shots", script::to_json(request.shots)},
                                    {"state", base::Json::parse(take->end_state())}})
                            .dump();
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
    return film;
}

}  // namespace studio
