#include "studio/neural/film.h"

#include <cmath>

#include "media/atomic_file.h"
#include "media/decode.h"
#include "media/still.h"
#include "script/shots/codec.h"
#include "studio/neural/own_length.h"
#include "studio/neural/prompt.h"
#include "studio/neural/reference.h"

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

// The plan's pictures from the files and the world that were asked for. `world`: see control.h.
base::Status give_pictures(const FilmRequest& request, const ControlOptions& control,
                           neural::FilmPlan& plan, std::shared_ptr<script::Report> world) {
    const NeuralWishes& wishes = request.neural;
    if (!request.image_path.empty()) {
        plan.first_picture =
            std::make_shared<base::Image8>(TRY(media::read_image(request.image_path)));
    }
    for (const KeyframeFile& key : wishes.keyframes) {
        auto picture = media::read_image(key.path);
        if (!picture.ok()) return base::usage_error(picture.error().text(), "--keyframe");
        plan.keyframes.push_back(
            {key.seconds, std::make_shared<const base::Image8>(std::move(*picture)), key.strength});
    }
    if (wishes.control.pass && !wishes.reference_path.empty()) {
        return base::usage_error("a model looks at one thing at a time: the world or a file",
                                 "--control, --reference");
    }
    if (wishes.control.first_frame && plan.first_picture) {
        return base::usage_error("a film begins with one picture: the world's or a file's",
                                 "--control first-frame, --image");
    }
    lead_by_world(request.shots, wishes.control, control, plan, std::move(world));
    if (!wishes.reference_path.empty()) {
        plan.reference =
            TRY(open_reference(wishes.reference_path, request.shots.fps,
                               std::llround(request.shots.seconds() * request.shots.fps)));
    }
    if (!wishes.sound_path.empty()) {
        auto sound = media::open_sound(wishes.sound_path);
        if (!sound.ok()) return base::usage_error(sound.error().text(), "--sound");
        plan.sound = std::move(*sound);
    }
    return {};
}

// What an error of the neural room is about, as the option that asked for it.
base::Error at_option(base::Error error, const NeuralWishes& wishes) {
    if (error.where == "keyframes") error.where = "--keyframe";
    if (error.where == "reference") error.where = wishes.control.pass ? "--control" : "--reference";
    if (error.where == "sound") error.where = "--sound";
    if (error.where == "seconds") error.where = "--seconds auto";
    if (error.where == "decoder") error.where = "--decoder diffusion";
    if (error.where == "first_pictures") error.where = "--control first-frame";
    return error;
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

base::Result<FilmResult> make_neural_film(const FilmRequest& asked, const FilmProgress& progress,
                                          const base::CancelToken* cancel) {
    TRY(only_wishes_it_can_meet(asked));
    FilmRequest request = asked;
    neural::OpenOptions open;
    open.diffusion_decoder = request.neural.diffusion_decoder;
    open.memory_bytes = request.neural.memory_bytes;
    open.threads = request.threads;
    open.loras = request.neural.loras;
    const auto opened = neural::open_model(request.model, open);
    if (!opened.ok()) return at_option(opened.error(), request.neural);
    const std::shared_ptr<neural::Model>& model = *opened;
    if (request.neural.own_length) {
        if (auto set = set_own_lengths(*model, request.shots, 0, cancel); !set.ok())
            return at_option(set.error(), request.neural);
    }

    neural::FilmPlan plan = neural_plan(request.shots);
    plan.steps = request.neural.steps;
    plan.negative_prompt = request.neural.negative_prompt;
    const auto world = std::make_shared<script::Report>();
    ControlOptions control;
    control.quality = request.quality;
    control.threads = request.threads;
    control.cancel = cancel;
    if (progress) {
        control.progress = [&](const Progress& p) {
            if (p.stage != Stage::Rendering) progress(p, nullptr);
        };
    }
    TRY(give_pictures(request, control, plan, world));
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
    auto made = model->film(plan, callbacks);
    if (!made.ok()) return at_option(made.error(), request.neural);
    const std::unique_ptr<neural::Film> film = std::move(*made);

    FilmResult result;
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
    result.report = neural_report(request.shots, *film);
    if (request.neural.own_length) {
        result.report.understood.push_back(own_length_words(request.shots.seconds()));
    }
    if (request.neural.control.any()) {
        // The world had to understand the words too.
        add_remarks(result.report, request.report);
        add_remarks(result.report, *world);
    }
    if (!request.shots_path.empty())
        TRY(media::write_file(request.shots_path, script::to_json_text(request.shots)));
    return result;
}

}  // namespace studio
