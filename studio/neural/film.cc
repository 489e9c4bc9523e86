#include "studio/neural/film.h"

#include "media/atomic_file.h"
#include "media/still.h"
#include "script/shots/codec.h"
#include "studio/neural/prompt.h"

namespace studio {
namespace {

base::Status only_wishes_it_can_meet(const FilmRequest& request) {
    const std::pair<const std::string*, const char*> wishes[] = {
        {&request.record_path, "--record"},
        {&request.state_path, "--state"},
        {&request.continue_path, "--continue"},
        {&request.passes_dir, "--passes"}};
    for (const auto& [value, name] : wishes) {
        if (!value->empty()) {
            return base::usage_error(
                "only the world engine knows what is behind the pictures; leave it out or take "
                "--engine world",
                name);
        }
    }
    return {};
}

Stage stage_of(const std::string& stage) {
    if (stage == "denoising") return Stage::Denoising;
    if (stage == "decoding") return Stage::Rendering;
    return Stage::Staging;
}

}  // namespace

script::Report neural_report(const script::ShotList& shots, const neural::Film& film) {
    script::Report report;
    if (!shots.prompt.empty()) report.understood.push_back(shots.prompt);
    for (const neural::Remark& r : film.remarks())
        report.replaced.push_back({r.asked, r.used, r.why});
    return report;
}

base::Result<FilmResult> make_neural_film(const FilmRequest& request, const FilmProgress& progress,
                                          const base::CancelToken* cancel) {
    TRY(only_wishes_it_can_meet(request));
    neural::OpenOptions open;
    open.memory_bytes = request.memory_bytes;
    open.threads = request.threads;
    const std::shared_ptr<neural::Model> model = TRY(neural::open_model(request.model, open));

    neural::FilmPlan plan = neural_plan(request.shots);
    plan.steps = request.steps;
    plan.negative_prompt = request.negative_prompt;
    if (!request.image_path.empty()) {
        plan.first_picture =
            std::make_shared<base::Image8>(TRY(media::read_image(request.image_path)));
    }
    neural::FilmCallbacks callbacks;
    callbacks.cancel = cancel;
    Progress shown;
    const double frames = request.shots.seconds() * request.shots.fps;
    callbacks.progress = [&](const neural::FilmProgress& p) {
        shown.stage = stage_of(p.stage);
        shown.fraction = p.fraction;
        shown.step = p.step;
        shown.steps = p.steps;
        shown.shot = p.part;
        shown.shots = p.parts;
        if (progress && shown.stage != Stage::Rendering) progress(shown, nullptr);
    };
    const std::unique_ptr<neural::Film> film = TRY(model->film(plan, callbacks));

    FilmResult result;
    result.report = neural_report(request.shots, *film);
    media::ClipOptions clip = clip_options(request.shots, request.quality);
    clip.overwrite = request.overwrite;
    clip.payload_json = payload_json({request.shots, "", 0, ""});
    result.clip = TRY(media::encode_clip(
        film->frames(), film->audio(), request.output_path, clip,
        [&](const media::ClipProgress& p) {
            shown.stage = Stage::Rendering;
            shown.frame = p.frames_done;
            shown.frames = static_cast<int64_t>(frames + 0.5);
            if (progress) progress(shown, p.last_frame);
        },
        cancel));
    if (!request.shots_path.empty())
        TRY(media::write_file(request.shots_path, script::to_json_text(request.shots)));
    return result;
}

}  // namespace studio
