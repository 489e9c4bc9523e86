#include "studio/director/rehearsal.h"

#include <algorithm>
#include <cmath>

#include "world/figure/joints.h"
#include "world/figure/part.h"

namespace studio {
namespace {

using base::Vec3;

struct Miss {
    double total = 0;
    std::vector<std::string> unmet;
};

Miss judge(const ShotStage& stage, const Rehearsal& run, const world::Snapshot& end) {
    Miss miss;
    for (const OutcomeTest& test : stage.outcomes) {
        const double m = test.miss(run.events, stage.scene, end);
        miss.total += m;
        if (m > 0 && !test.wanted.empty()) miss.unmet.push_back(test.wanted);
    }
    return miss;
}

// A number of tries that bounds the work, not the time: results must not depend on the machine.
int most_tries(const ShotStage& stage) {
    size_t movable = 0;
    for (const world::Body& b : stage.scene.bodies) movable += b.motion == world::Motion::Dynamic;
    return std::clamp(static_cast<int>(600 / (4 + movable)), 6, 80);
}

std::vector<double> sample(const std::vector<Unknown>& unknowns, uint64_t seed, int attempt) {
    std::vector<double> values;
    base::Rng rng(base::hash_combine(seed, static_cast<uint64_t>(attempt)), 7);
    for (const Unknown& u : unknowns) {
        const double z = attempt == 0 ? 0 : std::clamp(rng.normal(), -2.5, 2.5);
        values.push_back(u.nominal + u.spread * z);
    }
    return values;
}

bool has_track(const world::Body& body) {
    return body.motion == world::Motion::Dynamic ||
           (body.motion == world::Motion::Driven && body.name.find('.') == std::string::npos);
}

Vec3 interest_centre(const ShotStage& stage, const Interest& interest, const world::Snapshot& now) {
    switch (interest.kind) {
        case Interest::Kind::Body: {
            const world::Body& body = stage.scene.bodies[interest.index];
            return now.bodies[interest.index].pose.apply(body.shape->bounds.centre());
        }
        case Interest::Kind::Figure: {
            if (interest.index < static_cast<int>(now.figures.size()) &&
                !now.figures[interest.index].joints.empty()) {
                return now.figures[interest.index].joints.front().translation.cast<double>();
            }
            return stage.scene.figures[interest.index]->place.translation + Vec3{0, 0, 0.9};
        }
        case Interest::Kind::Cloth:
        case Interest::Kind::Point: return interest.point;
    }
    return interest.point;
}

bool interest_visible(const Interest& interest, const world::Snapshot& now) {
    return interest.kind != Interest::Kind::Body || now.bodies[interest.index].visible;
}

base::Result<Rehearsal> run_once(const script::ShotList& list, int shot_index, const Carry* carry,
                                 const std::vector<double>& solution,
                                 const std::vector<SpokenLine>& lines, bool in_picture,
                                 bool start_skins, world::PartBook* book,
                                 const base::CancelToken* cancel,
                                 const std::function<void(double)>& progress) {
    Rehearsal run;
    run.solution = solution;
    run.end = TRY(ShotRunner::create(list, shot_index, carry, solution, lines, in_picture, book));
    ShotRunner& runner = *run.end;
    const ShotStage& stage = runner.stage();
    const int64_t frames = shot_frames(list, shot_index);
    if (start_skins) render::start_figures(stage.scene);

    std::vector<size_t> tracked;
    for (size_t i = 0; i < stage.scene.bodies.size(); ++i) {
        const world::Body& body = stage.scene.bodies[i];
        if (!has_track(body)) continue;
        tracked.push_back(i);
        run.tracks.push_back({body.name, {}});
        run.bodies.push_back(
            {body.name, body.kind, body.material, runner.simulator().mass_kg(static_cast<int>(i))});
    }
    for (const auto& figure : stage.scene.figures) {
        run.tracks.push_back({figure->name, {}});
        run.bodies.push_back({figure->name, "person",
                              figure->look.material.empty() ? "skin" : figure->look.material,
                              figure->mass_kg});
    }
    for (const auto& cloth : stage.scene.cloths) {
        run.tracks.push_back({cloth.name, {}});
        run.bodies.push_back({cloth.name, cloth.kind, cloth.material,
                              cloth.area_density_kgpm2 * cloth.width_m * cloth.height_m});
    }
    for (const Interest& interest : stage.interest) run.interest.push_back({interest, {}, {}, {}});

    std::vector<Vec3> figure_before(stage.scene.figures.size()),
        cloth_before(stage.scene.cloths.size());
    for (int64_t frame = 0; frame <= frames; ++frame) {
        if (cancel != nullptr) TRY(cancel->check());
        const double t = static_cast<double>(frame) / list.fps;
        const world::Snapshot& now = runner.at(t);
        for (world::Event& e : runner.take_events()) run.events.push_back(std::move(e));
        for (const world::SlideSample& s : runner.take_slides()) run.slides.push_back(s);
        if (frame == frames) break;  // the end state belongs to the next shot
        size_t track = 0;
        for (const size_t i : tracked) {
            const world::BodyState& state = now.bodies[i];
            const Vec3 centre =
                state.pose.apply(runner.simulator().centre_of_mass(static_cast<int>(i)));
            run.tracks[track++].samples.push_back({t, centre, state.velocity_mps});
        }
        for (size_t i = 0; i < stage.scene.figures.size(); ++i) {
            const Vec3 pelvis = i < now.figures.size() && !now.figures[i].joints.empty()
                                    ? now.figures[i].joints.front().translation.cast<double>()
                                    : stage.scene.figures[i]->place.translation;
            const Vec3 v = frame == 0 ? Vec3{} : (pelvis - figure_before[i]) * list.fps;
            figure_before[i] = pelvis;
            // Who goes on from the shot before was moving already.
            if (frame == 1 && carry != nullptr) run.tracks[track].samples[0].velocity_mps = v;
            run.tracks[track++].samples.push_back({t, pelvis, v});
        }
        for (size_t i = 0; i < stage.scene.cloths.size(); ++i) {
            Vec3 centre = stage.scene.cloths[i].pose.translation;
            for (const world::SoftState& soft : now.soft) {
                if (soft.kind != world::SoftState::Kind::Cloth || soft.index != static_cast<int>(i))
                    continue;
                Vec3 sum{};
                for (const base::Vec3f& v : soft.vertices) sum += v.cast<double>();
                centre = sum / static_cast<double>(std::max<size_t>(1, soft.vertices.size()));
            }
            const Vec3 v = frame == 0 ? Vec3{} : (centre - cloth_before[i]) * list.fps;
            cloth_before[i] = centre;
            if (frame == 1 && carry != nullptr) run.tracks[track].samples[0].velocity_mps = v;
            run.tracks[track++].samples.push_back({t, centre, v});
        }
        for (InterestTrack& it : run.interest) {
            it.centre.push_back(interest_centre(stage, it.interest, now).cast<float>());
            it.visible.push_back(interest_visible(it.interest, now));
            if (it.interest.kind == Interest::Kind::Figure &&
                it.interest.index < static_cast<int>(now.figures.size()) &&
                now.figures[it.interest.index].joints.size() > world::kHead)
                it.head.push_back(now.figures[it.interest.index].joints[world::kHead]);
        }
        if (progress && frame % 8 == 0)
            progress(static_cast<double>(frame) / static_cast<double>(frames));
    }
    runner.simulator().flush_events();
    for (world::Event& e : runner.take_events()) run.events.push_back(std::move(e));
    const double seconds = static_cast<double>(frames) / list.fps;
    std::erase_if(run.events, [&](const world::Event& e) { return e.t_s < 0 || e.t_s >= seconds; });
    std::stable_sort(run.events.begin(), run.events.end(),
                     [](const world::Event& a, const world::Event& b) { return a.t_s < b.t_s; });
    const Miss miss = judge(stage, run, runner.simulator().snapshot());
    run.miss = miss.total;
    run.unmet = miss.unmet;
    return run;
}

}  // namespace

base::Result<std::unique_ptr<ShotRunner>> ShotRunner::create(const script::ShotList& list,
                                                             int shot_index, const Carry* carry,
                                                             const std::vector<double>& solution,
                                                             const std::vector<SpokenLine>& lines,
                                                             bool in_picture,
                                                             world::PartBook* book) {
    auto runner = std::make_unique<ShotRunner>();
    runner->stage_ = TRY(stage_shot(list, shot_index, carry, solution, lines, in_picture));
    runner->time_scale_ = list.shots[shot_index].time_scale;
    ShotStage& stage = runner->stage_;
    const bool goes_on = stage.same_world && carry != nullptr && !carry->save.empty();
    if (goes_on) {
        // The very same simulator state: nothing is restaged, dust still hangs in the air.
        stage.scene = carry->scene;
        stage.paths = carry->paths;
        runner->offset_s_ = carry->world_t_s;
    } else {
        for (size_t i = 0; i < stage.scene.figures.size(); ++i) {
            // Figures that were carried over have their limbs already.
            const std::string prefix = stage.scene.figures[i]->name + ".";
            const bool has_limbs = std::any_of(
                stage.scene.bodies.begin(), stage.scene.bodies.end(), [&](const world::Body& b) {
                    return b.motion == world::Motion::Driven && b.name.starts_with(prefix);
                });
            if (!has_limbs) world::add_figure_bodies(stage.scene, static_cast<int>(i));
        }
    }
    put_on_skates(stage);
    runner->skates_ = std::make_unique<SkateMarks>(stage);
    runner->driver_ = make_driver(stage, book);
    runner->simulator_ = TRY(world::Simulator::create(stage.scene, {}, runner->driver_.get()));
    if (goes_on) TRY(runner->simulator_->restore(carry->save));
    return runner;
}

const world::Snapshot& ShotRunner::at(double shot_s) {
    simulator_->advance_to(world_time(shot_s));
    return simulator_->snapshot();
}

std::vector<world::BeastState> ShotRunner::beasts_at(double shot_s) const {
    std::vector<world::BeastState> beasts;
    for (const DrivenPath& path : stage_.paths)
        if (path.limbs) beasts.push_back({path.body, path.limbs(world_time(shot_s))});
    return beasts;
}

std::vector<world::Event> ShotRunner::take_events() {
    std::vector<world::Event> events = simulator_->take_events();
    for (world::Event& step : driver_->take_footsteps()) events.push_back(std::move(step));
    for (world::Event& e : events) {
        if (time_scale_ != 1) e.world_t_s = e.t_s;
        e.t_s = film_time(e.t_s);
    }
    return events;
}

std::vector<world::SlideSample> ShotRunner::take_slides() {
    std::vector<world::SlideSample> slides = simulator_->take_slides();
    for (const world::SlideSample& s :
         skates_->slides(simulator_->time_s(), simulator_->snapshot()))
        slides.push_back(s);
    for (world::SlideSample& s : slides) s.t_s = film_time(s.t_s);
    return slides;
}

Carry ShotRunner::carry() const {
    Carry carry;
    carry.scene = stage_.scene;
    carry.snapshot = simulator_->snapshot();
    carry.save = simulator_->save();
    carry.world_t_s = simulator_->time_s();
    carry.players = stage_.players;
    carry.paths = stage_.paths;
    return carry;
}

int64_t shot_first_frame(const script::ShotList& list, int shot_index) {
    double seconds = 0;
    for (int i = 0; i < shot_index; ++i) seconds += list.shots[i].seconds;
    return std::llround(seconds * list.fps);
}

int64_t shot_frames(const script::ShotList& list, int shot_index) {
    return shot_first_frame(list, shot_index + 1) - shot_first_frame(list, shot_index);
}

base::Result<Rehearsal> rehearse(const script::ShotList& list, int shot_index, const Carry* carry,
                                 const std::vector<double>* known,
                                 const std::vector<SpokenLine>& lines, int threads,
                                 const base::CancelToken* cancel,
                                 const std::function<void(double)>& progress, bool in_picture) {
    world::PartBook book;
    // The second core makes the people meanwhile.
    Rehearsal best =
        TRY(run_once(list, shot_index, carry, known != nullptr ? *known : std::vector<double>{},
                     lines, in_picture, threads != 1, &book, cancel, progress));
    best.tries = 1;
    if (known != nullptr) return best;
    const std::vector<Unknown> unknowns = best.end->stage().unknowns;
    if (best.miss <= 0 || unknowns.empty()) return best;
    const int tries = most_tries(best.end->stage());
    const uint64_t seed = base::hash_combine(list.seed, static_cast<uint64_t>(shot_index) + 9001);
    for (int attempt = 1; attempt < tries && best.miss > 0; ++attempt) {
        Rehearsal run = TRY(run_once(list, shot_index, carry, sample(unknowns, seed, attempt),
                                     lines, in_picture, false, &book, cancel, {}));
        if (progress) progress(static_cast<double>(attempt) / tries);
        if (run.miss < best.miss) best = std::move(run);
        best.tries = attempt + 1;
    }
    return best;
}

}  // namespace studio
