#include "studio/director/take.h"

#include <algorithm>
#include <cmath>

#include "render/plate/fit.h"
#include "render/plate/plate.h"
#include "sound/hear.h"
#include "sound/mix/loudness.h"
#include "studio/director/camera/picture_view.h"
#include "studio/director/dialogue.h"
#include "studio/director/rehearsal.h"
#include "studio/director/staging/carry.h"
#include "studio/director/weather.h"

namespace studio {
namespace {

using base::Vec3;

// What shooting needs to know of a rehearsed shot; small, kept for every shot of the film.
struct ShotPlan {
    std::vector<double> solution;
    std::vector<SpokenLine> lines;
    CameraPlan camera;
};

render::Style render_style(script::Style style) {
    switch (style) {
        case script::Style::Realistic: return render::Style::Realistic;
        case script::Style::Clay: return render::Style::Clay;
        case script::Style::Anime: return render::Style::Anime;
        case script::Style::Noir: return render::Style::Noir;
    }
    return render::Style::Realistic;
}

render::TimeOfDay render_time(script::TimeOfDay time) {
    switch (time) {
        case script::TimeOfDay::Dawn: return render::TimeOfDay::Dawn;
        case script::TimeOfDay::Sunset: return render::TimeOfDay::Sunset;
        case script::TimeOfDay::Night: return render::TimeOfDay::Night;
        default: return render::TimeOfDay::Day;
    }
}

render::Weather render_weather(script::Weather weather) {
    switch (weather) {
        case script::Weather::Cloudy: return render::Weather::Cloudy;
        case script::Weather::Rain: return render::Weather::Rain;
        case script::Weather::Snow: return render::Weather::Snow;
        case script::Weather::Fog: return render::Weather::Fog;
        default: return render::Weather::Clear;
    }
}

// Drawn and stop-motion films hold every pose for two frames (12 poses a second at 24 fps).
bool on_twos(script::Style style) {
    return style == script::Style::Clay || style == script::Style::Anime;
}

bool goes_on(const script::ShotList& list, int shot) {
    return shot < static_cast<int>(list.shots.size()) && list.shots[shot].continues &&
           (shot == 0 || list.shots[shot].place.set == list.shots[shot - 1].place.set);
}

int shot_of_frame(const script::ShotList& list, int64_t frame) {
    int shot = 0;
    while (shot + 1 < static_cast<int>(list.shots.size()) &&
           frame >= shot_first_frame(list, shot + 1)) {
        ++shot;
    }
    return shot;
}

// The history of what moves reaches so far back (render/denoise/film.cc).
constexpr int64_t kWarmUpFrames = 12;

// Seconds in which bodies come into the picture that a film starts from.
constexpr double kComingIn_s = 0.4;

// Does this shot play in the picture that the film starts from?
bool in_picture(const script::ShotList& list, const TakeOptions& options, int shot) {
    return options.image != nullptr && list.shots[shot].place.set == list.shots[0].place.set;
}

class RenderedFrames : public base::FrameSource {
public:
    // `carry`: the world before the shot of options.first_frame.
    RenderedFrames(script::ShotList list, TakeOptions options, std::vector<ShotPlan> plans,
                   std::optional<Carry> carry, std::shared_ptr<const render::Plate> plate)
        : list_(std::move(list)),
          options_(std::move(options)),
          plans_(std::move(plans)),
          carry_(std::move(carry)),
          plate_(std::move(plate)),
          next_(options_.first_frame) {}

    int width_px() const override { return list_.width_px; }
    int height_px() const override { return list_.height_px; }
    double fps() const override { return list_.fps; }
    int64_t frame_count() const override {
        return shot_first_frame(list_, static_cast<int>(list_.shots.size()));
    }

    base::Result<std::optional<base::Frame>> next() override {
        if (failure_) return *failure_;
        auto result = draw_next();
        if (!result.ok()) failure_ = result.error();
        return result;
    }

private:
    base::Status open_shot(int shot) {
        renderer_.reset();
        const Carry* carry = goes_on(list_, shot) && carry_ ? &*carry_ : nullptr;
        const bool pictured = in_picture(list_, options_, shot);
        runner_ = TRY(ShotRunner::create(list_, shot, carry, plans_[shot].solution,
                                         plans_[shot].lines, pictured));
        render::Stage stage;
        if (pictured) stage.plate = plate_.get();
        stage.scene = &runner_->stage().scene;
        stage.set = &runner_->stage().set;
        stage.time = render_time(list_.shots[shot].place.time);
        stage.weather = render_weather(list_.shots[shot].place.weather);
        render::Settings settings;
        settings.width_px = list_.width_px;
        settings.height_px = list_.height_px;
        settings.fps = list_.fps;
        settings.quality = options_.quality;
        settings.style = render_style(list_.style);
        settings.seed = list_.seed;
        settings.threads = options_.threads;
        settings.shutter_turn = on_twos(list_.style) ? 0 : 0.5;
        settings.passes = static_cast<bool>(options_.passes);
        renderer_ = TRY(render::Renderer::create(stage, settings, {}, options_.cancel));
        shot_ = shot;
        shot_start_ = shot_first_frame(list_, shot);
        shot_frames_ = shot_frames(list_, shot);
        return {};
    }

    void close_shot() {
        if (goes_on(list_, shot_ + 1)) {
            runner_->at(static_cast<double>(shot_frames_) / list_.fps);
            carry_ = runner_->carry();
        }
    }

    base::Result<std::optional<base::Frame>> draw_next() {
        if (next_ >= frame_count()) {
            renderer_.reset();
            runner_.reset();
            return std::optional<base::Frame>{};
        }
        if (options_.cancel != nullptr) TRY(options_.cancel->check());
        if (runner_ == nullptr) {
            TRY(open_shot(shot_of_frame(list_, next_)));
            TRY(warm_up());
        }
        while (next_ >= shot_start_ + shot_frames_) {
            close_shot();
            TRY(open_shot(shot_ + 1));
        }
        base::Frame frame;
        frame.image = TRY(draw(next_));
        frame.index = next_++;
        if (options_.progress) {
            options_.progress({Stage::Rendering,
                               static_cast<double>(next_) / static_cast<double>(frame_count()),
                               next_, frame_count(), shot_, static_cast<int>(list_.shots.size())});
        }
        return std::optional<base::Frame>(std::move(frame));
    }

    // The shot's first picture sets light and exposure as it does in a film without a break; the
    // last ones before our first fill what is averaged over time.
    base::Status warm_up() {
        if (next_ == shot_start_) return {};
        TRY(draw(shot_start_));
        for (int64_t f = std::max(shot_start_ + 1, next_ - kWarmUpFrames); f < next_; ++f)
            TRY(draw(f));
        return {};
    }

    base::Result<base::Image8> draw(int64_t film_frame) {
        if (options_.cancel != nullptr) TRY(options_.cancel->check());
        const int64_t in_shot = film_frame - shot_start_;
        const bool twos = on_twos(list_.style);
        const int64_t pose_frame = twos ? in_shot - in_shot % 2 : in_shot;
        const double open_s = static_cast<double>(pose_frame) / list_.fps;
        const double shutter_s = twos ? 0 : 0.5 / list_.fps;
        const script::Shot& shot = list_.shots[shot_];
        const CameraPlan& camera = plans_[shot_].camera;
        const bool stop_motion = list_.style == script::Style::Clay;
        const double camera_frame = static_cast<double>(stop_motion ? pose_frame : in_shot);

        render::FrameInput input;
        input.index = film_frame;
        input.time_s = static_cast<double>(film_frame) / list_.fps;
        if (plate_ != nullptr && shot_ == 0) {
            const double t = std::clamp(input.time_s / kComingIn_s, 0.0, 1.0);
            input.presence = t * t * (3 - 2 * t);
        }
        input.camera_open = camera.at(camera_frame);
        input.camera_close = camera.at(camera_frame + (twos ? 0 : 0.5));
        open_ = runner_->at(open_s);
        open_.beasts = runner_->beasts_at(open_s);
        add_weather(shot.place, runner_->world_time(open_s), list_.seed, input.camera_open, open_);
        if (shutter_s > 0) {
            close_ = runner_->at(open_s + shutter_s);
            close_.beasts = runner_->beasts_at(open_s + shutter_s);
            add_weather(shot.place, runner_->world_time(open_s + shutter_s), list_.seed,
                        input.camera_open, close_);
        }
        runner_->take_events();  // already recorded by the rehearsal
        runner_->take_slides();
        input.open = &open_;
        input.close = shutter_s > 0 ? &close_ : &open_;
        render::Picture picture = TRY(renderer_->render(input, options_.cancel));
        if (options_.passes && picture.passes && film_frame >= options_.first_frame)
            TRY(options_.passes(film_frame, *picture.passes));
        return std::move(picture.image);
    }

    script::ShotList list_;
    TakeOptions options_;
    std::vector<ShotPlan> plans_;
    std::optional<Carry> carry_;
    std::shared_ptr<const render::Plate> plate_;
    std::unique_ptr<ShotRunner> runner_;
    std::unique_ptr<render::Renderer> renderer_;
    world::Snapshot open_, close_;
    std::optional<base::Error> failure_;
    int shot_ = 0;
    int64_t next_ = 0, shot_start_ = 0, shot_frames_ = 0;
};

class WorldTake : public Take {
public:
    base::FrameSource& frames() override { return *frames_; }
    base::AudioSource& audio() override { return *audio_; }
    const script::Report& report() const override { return report_; }
    const std::string& end_state() const override { return end_state_; }
    double loudness_lufs() const override { return spool_->measured_lufs(); }
    const std::vector<std::vector<double>>& solutions() const override { return solutions_; }

    std::unique_ptr<RenderedFrames> frames_;
    std::unique_ptr<base::AudioSource> audio_;
    std::unique_ptr<sound::LoudnessSpool> spool_;
    script::Report report_;
    std::string end_state_;
    std::vector<std::vector<double>> solutions_;
};

void write_record(const script::ShotList& list, int shot, double start_s, double end_s,
                  const Rehearsal& run, std::vector<std::string>& known_bodies,
                  world::RecordSink& record) {
    record.begin_shot(shot, start_s, end_s);
    for (const world::RecordedBody& body : run.bodies) {
        if (std::find(known_bodies.begin(), known_bodies.end(), body.name) != known_bodies.end())
            continue;
        known_bodies.push_back(body.name);
        record.body(body);
    }
    if (shot > 0) {
        world::Event cut;
        cut.kind = world::EventKind::Cut;
        cut.t_s = start_s;
        cut.shot = shot;
        record.event(cut);
    }
    for (world::Event e : run.events) {
        e.t_s += start_s;
        e.shot = shot;
        record.event(e);
    }
    for (const BodyTrack& track : run.tracks) {
        for (world::TrackSample sample : track.samples) {
            sample.t_s += start_s;
            record.track(track.name, sample);
        }
    }
    (void)list;
}

// Impacts happen at world speed, so slow motion keeps their true velocities in the record.
sound::ShotSound shot_sound(const script::ShotList& list, int shot, double start_s, double end_s,
                            const Rehearsal& run, const CameraPlan& camera,
                            const std::vector<Spoken>& spoken) {
    sound::ShotSound heard;
    heard.start_s = start_s;
    heard.end_s = end_s;
    heard.scene = &run.end->stage().scene;
    heard.room = run.end->stage().set.room;
    heard.ambience = run.end->stage().set.ambience;
    heard.words = list.shots[shot].sound;
    switch (list.shots[shot].place.weather) {
        case script::Weather::Rain: heard.words.push_back("rain"); break;
        case script::Weather::Wind: heard.words.push_back("wind"); break;
        default: break;
    }
    heard.time_scale = list.shots[shot].time_scale;
    heard.seed = base::hash_combine(list.seed, static_cast<uint64_t>(shot) + 31);
    for (size_t i = 0; i < camera.keys.size(); i += 2) {
        const render::Camera& c = camera.keys[i];
        sound::EarKey key;
        key.t_s = start_s + static_cast<double>(i) / list.fps;
        key.position = c.eye;
        key.forward = base::normalize(c.target - c.eye);
        const size_t next = std::min(i + 1, camera.keys.size() - 1);
        key.velocity_mps = (camera.keys[next].eye - c.eye) * list.fps;
        heard.ear.push_back(key);
    }
    for (world::Event e : run.events) {
        e.t_s += start_s;
        heard.events.push_back(e);
    }
    for (world::SlideSample s : run.slides) {
        s.t_s += start_s;
        heard.slides.push_back(s);
    }
    if (list.shots[shot].place.time == script::TimeOfDay::Night && heard.room.outdoors)
        heard.words.push_back("night");
    const world::Scene& scene = run.end->stage().scene;
    for (const BodyTrack& track : run.tracks) {
        sound::BodyTrack moved;
        for (size_t i = 0; i < scene.bodies.size(); ++i) {
            if (scene.bodies[i].name == track.name) moved.body = static_cast<int>(i);
        }
        if (moved.body < 0) continue;
        for (world::TrackSample sample : track.samples) {
            sample.t_s += start_s;
            moved.samples.push_back(sample);
        }
        heard.tracks.push_back(std::move(moved));
    }
    for (const Spoken& line : spoken) {
        sound::VoiceClip clip;
        clip.start_s = start_s + line.line.start_s;
        clip.samples = line.speech.samples;
        clip.off_screen = true;
        for (const Player& player : run.end->stage().players) {
            if (player.member->id != line.line.speaker) continue;
            clip.off_screen = false;
            if (!player.figures.empty()) {
                const auto& figure = *run.end->stage().scene.figures[player.figures.front()];
                clip.position = figure.place.translation + Vec3{0, 0, 0.92 * figure.height_m};
            } else if (!player.bodies.empty()) {
                clip.position =
                    run.end->stage().scene.bodies[player.bodies.front()].pose.translation;
            } else {
                clip.off_screen = true;
            }
        }
        heard.voices.push_back(std::move(clip));
    }
    return heard;
}

// What a film from a picture cannot do, said once.
void tell_of_picture(const script::ShotList& list, const base::Image8& image,
                     script::Report& report) {
    report.replaced.push_back({list.shots[0].place.set, "the picture",
                               "the film starts from it, and it stands for the set"});
    if (!render::fits(image, list.width_px, list.height_px)) {
        report.replaced.push_back({"the picture of " + std::to_string(image.width_px) + "x" +
                                       std::to_string(image.height_px),
                                   "its middle at " + std::to_string(list.width_px) + "x" +
                                       std::to_string(list.height_px),
                                   "the first frame has the film's size"});
    }
    if (list.style == script::Style::Noir) {
        report.replaced.push_back(
            {"the picture's colours", "black and white", "the style noir turns the whole picture"});
    }
    report.left_out.push_back("movement of what the picture itself shows: it stays as it is");
}

std::string plural_tries(int tries) {
    return "none of " + std::to_string(tries) + " simulated tries did it";
}

}  // namespace

const char* stage_name(Stage stage) {
    switch (stage) {
        case Stage::Staging: return "staging";
        case Stage::Rehearsing: return "rehearsing";
        case Stage::Listening: return "listening";
        case Stage::Denoising: return "denoising";
        case Stage::Rendering: return "rendering";
    }
    return "";
}

base::Result<std::unique_ptr<Take>> direct(const script::ShotList& list, const TakeOptions& options,
                                           world::RecordSink& record) {
    auto take = std::make_unique<WorldTake>();
    const int shots = static_cast<int>(list.shots.size());
    const auto tell = [&](Stage stage, double fraction, int shot) {
        if (options.progress) options.progress({stage, fraction, 0, 0, shot, shots});
    };
    tell(Stage::Staging, 0, 0);

    const int64_t frames = shot_first_frame(list, shots);
    if (options.first_frame < 0 || options.first_frame > frames)
        return base::usage_error("the film has no frame " + std::to_string(options.first_frame));
    const int first_shot = shot_of_frame(list, options.first_frame);

    std::optional<Carry> first_carry, carry;
    if (options.image != nullptr) {
        if (!options.continue_state.empty()) {
            return base::usage_error(
                "a film starts from a picture or goes on from a state, not both; leave one out");
        }
        if (options.image->channels != 3 || options.image->empty())
            return base::failed("the picture to start from is not RGB");
    }
    if (!options.continue_state.empty()) {
        carry = TRY(carry_from_json(options.continue_state, list));
    }
    std::unique_ptr<sound::Ear> ear = sound::Ear::create(list.seed);
    take->spool_ = TRY(sound::LoudnessSpool::create());
    std::vector<ShotPlan> plans;
    std::vector<std::string> known_bodies;
    std::shared_ptr<const render::Plate> plate;
    render::Camera picture_camera;
    for (int shot = 0; shot < shots; ++shot) {
        if (options.cancel != nullptr) TRY(options.cancel->check());
        const double start_s = static_cast<double>(shot_first_frame(list, shot)) / list.fps;
        const double end_s = static_cast<double>(shot_first_frame(list, shot + 1)) / list.fps;
        const std::vector<Spoken> spoken = TRY(speak_lines(list, shot));
        std::vector<SpokenLine> lines;
        for (const Spoken& s : spoken) lines.push_back(s.line);

        const bool continues = goes_on(list, shot) && carry.has_value();
        if (shot == first_shot) first_carry = carry;
        const bool known = shot < static_cast<int>(options.solutions.size());
        const bool pictured = in_picture(list, options, shot);
        Rehearsal run = TRY(rehearse(
            list, shot, continues ? &*carry : nullptr, known ? &options.solutions[shot] : nullptr,
            lines, options.threads, options.cancel,
            [&](double f) { tell(Stage::Rehearsing, (shot + f) / shots, shot); }, pictured));
        for (const Spoken& line : spoken) {
            if (line.speech.cut)
                take->report_.left_out.push_back(
                    "the rest of a line of more than 2,000 characters");
            world::Event e;
            e.kind = world::EventKind::Speech;
            e.t_s = line.line.start_s;
            e.a = line.line.speaker;
            e.text = line.text;
            e.duration_s = line.line.seconds;
            run.events.push_back(e);
        }
        std::stable_sort(
            run.events.begin(), run.events.end(),
            [](const world::Event& a, const world::Event& b) { return a.t_s < b.t_s; });
        const double aspect = static_cast<double>(list.width_px) / list.height_px;
        const uint64_t camera_seed = base::hash_combine(list.seed, shot);
        if (pictured && plate == nullptr) {
            base::Image8 fitted =
                render::fit_picture(*options.image, list.width_px, list.height_px);
            const render::PictureReading reading = render::read_picture(fitted);
            picture_camera = picture_view(reading, run.end->stage(), run.interest, aspect);
            plate = std::make_shared<render::Plate>(std::move(fitted), reading, picture_camera);
            tell_of_picture(list, *options.image, take->report_);
        }
        const CameraPlan camera = pictured
                                      ? plan_in_picture(list.shots[shot], picture_camera, *plate,
                                                        run.interest, list.fps, camera_seed)
                                      : plan_camera(list.shots[shot], run.end->stage(),
                                                    run.interest, list.fps, aspect, camera_seed);
        write_record(list, shot, start_s, end_s, run, known_bodies, record);
        const script::Report& staged = run.end->stage().report;
        take->report_.replaced.insert(take->report_.replaced.end(), staged.replaced.begin(),
                                      staged.replaced.end());
        take->report_.left_out.insert(take->report_.left_out.end(), staged.left_out.begin(),
                                      staged.left_out.end());
        // Of a known solution the take that searched for it has told already.
        if (known) run.unmet.clear();
        for (const std::string& wanted : run.unmet) {
            take->report_.replaced.push_back(
                {wanted, "the nearest that happened", plural_tries(run.tries)});
        }
        tell(Stage::Listening, static_cast<double>(shot) / shots, shot);
        TRY(ear->hear(shot_sound(list, shot, start_s, end_s, run, camera, spoken),
                      [&](const base::AudioBlock& block) { return take->spool_->add(block); }));
        if (goes_on(list, shot + 1) || shot + 1 == shots) {
            carry = run.end->carry();
            if (shot + 1 == shots) take->end_state_ = end_state_json(list, shot, *carry, pictured);
        } else {
            carry.reset();
        }
        take->solutions_.push_back(run.solution);
        plans.push_back({run.solution, lines, camera});
    }
    take->audio_ = TRY(take->spool_->play());
    take->frames_ = std::make_unique<RenderedFrames>(list, options, std::move(plans),
                                                     std::move(first_carry), std::move(plate));
    return std::unique_ptr<Take>(std::move(take));
}

}  // namespace studio
