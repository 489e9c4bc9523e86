// A job's shot list by the neural engine. What a longer or changed film keeps of an earlier one
// stays as it is; new pictures go on from its last one.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/core/log.h"
#include "media/atomic_file.h"
#include "neural/catalogue/loras.h"
#include "neural/catalogue/store.h"
#include "script/screenplay/from_shots.h"
#include "script/shots/codec.h"
#include "studio/neural/film.h"
#include "studio/neural/own_length.h"
#include "studio/neural/prompt.h"
#include "studio/worker/checkpoint.h"
#include "studio/worker/clips.h"
#include "studio/worker/failure.h"
#include "studio/worker/finish.h"
#include "studio/worker/neural_inputs.h"
#include "studio/worker/sources.h"
#include "studio/worker/world_film.h"

namespace studio {
namespace {

// The plan of the list from picture `first` on.
neural::FilmPlan plan_from(const script::ShotList& list, int64_t first) {
    neural::FilmPlan plan = neural_plan(list);
    double skip_s = static_cast<double>(first) / list.fps;
    while (plan.shots.size() > 1 && skip_s >= plan.shots.front().seconds - 1e-9) {
        skip_s -= plan.shots.front().seconds;
        plan.shots.erase(plan.shots.begin());
    }
    plan.shots.front().seconds = std::max(1 / list.fps, plan.shots.front().seconds - skip_s);
    return plan;
}

// Kept pictures first, then the model's.
class KeptThenNew final : public base::FrameSource {
public:
    KeptThenNew(std::optional<ClipFrames> kept, int64_t kept_frames, base::FrameSource& more)
        : kept_(std::move(kept)), kept_frames_(kept_frames), more_(more) {}
    int width_px() const override { return more_.width_px(); }
    int height_px() const override { return more_.height_px(); }
    double fps() const override { return more_.fps(); }
    int64_t frame_count() const override { return kept_frames_ + more_.frame_count(); }
    base::Result<std::optional<base::Frame>> next() override {
        if (next_ < kept_frames_) {
            base::Frame frame{next_, TRY(kept_->next())};
            ++next_;
            return std::optional<base::Frame>(std::move(frame));
        }
        std::optional<base::Frame> frame = TRY(more_.next());
        if (frame) frame->index = next_++;
        return frame;
    }

private:
    std::optional<ClipFrames> kept_;
    int64_t kept_frames_;
    base::FrameSource& more_;
    int64_t next_ = 0;
};

base::Result<SafeClip> kept_clip(const WorldFilm& film) {
    SafeClip clip;
    clip.path = film.kept_path;
    clip.width_px = film.shots.width_px;
    clip.height_px = film.shots.height_px;
    clip.fps = film.shots.fps;
    clip.frames = film.kept_from + film.kept_frames;
    return clip;
}

base::Status write_words(Workplace& place, const script::ShotList& list, Made& made) {
    made.outputs["shots"] = place.output("shots.json");
    made.outputs["screenplay"] = place.output("screenplay.fountain");
    TRY(media::write_file(made.outputs["shots"], script::to_json_text(list)));
    return media::write_file(made.outputs["screenplay"], script::screenplay_from_shot_list(list));
}

// Steps lie among the job's parts and go where those go.
base::Status keep_steps(const Workplace& place, neural::FilmKeep& keep) {
    const WorkOptions& options = place.options;
    if (!options.keep && options.checkpoint.empty()) return {};
    keep.folder = place.part("");
    std::error_code error;
    std::filesystem::create_directories(keep.folder, error);
    if (error) return base::failed("cannot be made: " + error.message(), keep.folder);
    keep.every_s = options.keep_steps_every_s;
    keep.kept = [&place](const std::string& file) {
        if (!place.options.keep) return;
        const auto kept = place.options.keep({file, place.part(file), neural_checkpoint_json()});
        if (!kept.ok()) base::log_warning("a step was not kept: " + kept.error().text());
    };
    return {};
}

// LoRAs go by name: a job may not name files of the worker's machine.
base::Result<std::vector<neural::LoraUse>> loras_of(const FilmJob& job) {
    std::vector<neural::LoraUse> loras;
    for (const JobLora& lora : job.loras) {
        const auto path = neural::find_lora(neural::models_folder(), lora.name);
        if (!path.ok()) return reject("unsupported", path.error().message);
        loras.push_back({*path, static_cast<float>(lora.strength)});
    }
    return loras;
}

// At the parameter that asked for it.
base::Error refuse_model(const FilmJob& job, const ControlWish& control, const base::Error& error) {
    std::string where = error.where;
    if (where == "first_pictures" || (where == "reference" && control.pass)) where = "control";
    for (const JobLora& lora : job.loras) {
        // Paths of the worker are nobody's business.
        const auto path = neural::find_lora(neural::models_folder(), lora.name);
        if (path.ok() && *path == where) where = lora.name;
    }
    return reject("unsupported", base::Error{error.kind, error.message, where}.text());
}

// Gives the length of the shots that have one of their own.
base::Result<double> choose_lengths(Workplace& place, const WorldFilm& film,
                                    const ControlWish& control, neural::Model& model,
                                    script::ShotList& list) {
    const FilmJob& job = place.job;
    const auto set = set_own_lengths(model, list, *film.own_from_shot, place.options.cancel);
    if (!set.ok() && set.error().kind == base::ErrorKind::Usage)
        return refuse_model(job, control, set.error());
    TRY(set);
    double own_s = 0;
    for (size_t i = *film.own_from_shot; i < list.shots.size(); ++i) own_s += list.shots[i].seconds;
    if (own_s > job.seconds + 0.5 / list.fps) {
        char text[200];
        std::snprintf(text, sizeof text,
                      "the model's own length of these words is %.4g s; at most %.4g s are made of "
                      "them, so say how many seconds it shall be",
                      own_s, job.seconds);
        return reject("too_long", text);
    }
    TRY(check_length(place, film, list));
    return own_s;
}

}  // namespace

base::Result<Made> shoot_neural(Workplace& place, const WorldFilm& film, render::Quality quality) {
    const ControlWish control = TRY(parse_control(place.job.control));
    neural::OpenOptions open;
    open.diffusion_decoder = place.job.decoder == "diffusion";
    open.threads = place.options.threads;
    open.loras = TRY(loras_of(place.job));
    const auto opened = neural::open_model(place.job.model, open);
    if (!opened.ok()) return refuse_model(place.job, control, opened.error());
    script::ShotList list = film.shots;
    const double own_s =
        film.own_from_shot ? TRY(choose_lengths(place, film, control, **opened, list)) : 0;
    const int64_t first = film.first_frame + (film.after_clip ? 0 : film.kept_frames);
    neural::FilmPlan plan = plan_from(list, first);
    plan.steps = place.job.steps;
    plan.negative_prompt = place.job.negative_prompt;
    plan.first_picture = film.image;
    ControlOptions led;
    led.quality = quality;
    led.threads = place.options.threads;
    led.first_frame = first;
    led.progress = [&](const Progress& p) {
        if (p.stage != Stage::Rendering) place.meter.director(p);
    };
    led.cancel = place.options.cancel;
    const auto world = std::make_shared<script::Report>();
    lead_by_world(list, control, led, plan, world);
    TRY(take_inputs(place, film, plan));
    std::vector<float> kept_sound = film.clip_sound;
    if (film.kept_frames > 0) {
        const SafeClip clip = TRY(kept_clip(film));
        ClipFrames last = TRY(ClipFrames::open(clip, film.kept_from + film.kept_frames - 1));
        plan.first_picture = std::make_shared<base::Image8>(TRY(last.next()));
        if (kept_sound.empty()) {
            kept_sound =
                TRY(studio::clip_sound(clip, sample_at(film.kept_from, list.fps),
                                       sample_at(film.kept_from + film.kept_frames, list.fps)));
        }
    }

    neural::FilmCallbacks callbacks;
    callbacks.cancel = place.options.cancel;
    callbacks.progress = [&](const neural::FilmProgress& p) {
        Progress progress;
        progress.stage = p.stage == "decoding" ? Stage::Rendering : Stage::Denoising;
        progress.fraction = p.fraction;
        if (progress.stage == Stage::Denoising) place.meter.director(progress);
    };
    TRY(keep_steps(place, callbacks.keep));
    auto begun = (*opened)->film(plan, callbacks);
    if (!begun.ok()) return refuse_model(place.job, control, begun.error());
    const std::unique_ptr<neural::Film> made_film = std::move(*begun);
    std::optional<ClipFrames> kept;
    if (film.kept_frames > 0) kept = TRY(ClipFrames::open(TRY(kept_clip(film)), film.kept_from));
    KeptThenNew frames(std::move(kept), film.kept_frames, made_film->frames());
    SoundAfter sound(kept_sound, made_film->audio());

    media::ClipOptions clip_wishes = clip_options(list, quality);
    clip_wishes.overwrite = true;
    if (!film.after_clip) clip_wishes.payload_json = payload_json({list, "", film.first_frame, ""});
    const std::string video = place.output("video.mp4");
    const media::ClipInfo clip = TRY(media::encode_clip(
        frames, sound, video, clip_wishes,
        [&](const media::ClipProgress& p) {
            place.meter.rendered(p.frames_done, p.frames_total, p.last_frame);
        },
        place.options.cancel));

    script::Report report = neural_report(list, *made_film);
    if (own_s > 0) report.understood.push_back(own_length_words(own_s));
    if (control.any()) {
        add_remarks(report, film.report);
        add_remarks(report, *world);
    }
    Made made;
    if (!film.after_clip) TRY(write_words(place, list, made));
    TRY(add_pictures(place, video, made));
    made.result = result_json(clip, list.width_px, list.height_px, list.fps, report);
    made.result["frame_hash"] = hash_text(clip.frame_hash);
    made.result["kept_frames"] = film.kept_frames;
    return made;
}

}  // namespace studio
