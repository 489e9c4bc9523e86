// Rehearsal: a shot is simulated without pictures. Everything that sound, camera and the record
// need is noted; the wanted outcomes are searched for.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "studio/director/camera/plan.h"
#include "studio/director/skating.h"
#include "studio/director/staging/stage.h"
#include "world/step/simulator.h"

namespace studio {

// A stage with its running simulator: used by the rehearsal and again when shooting.
class ShotRunner {
public:
    static base::Result<std::unique_ptr<ShotRunner>> create(const script::ShotList& list,
                                                            int shot_index, const Carry* carry,
                                                            const std::vector<double>& solution,
                                                            const std::vector<SpokenLine>& lines,
                                                            bool in_picture = false,
                                                            world::PartBook* book = nullptr);

    const ShotStage& stage() const { return stage_; }
    world::Simulator& simulator() { return *simulator_; }
    // World as it is `shot_s` film seconds after the shot's start.
    const world::Snapshot& at(double shot_s);
    // How its animals hold their limbs then.
    std::vector<world::BeastState> beasts_at(double shot_s) const;
    // World seconds (of the simulator) at a film time of the shot, and back.
    double world_time(double shot_s) const { return offset_s_ + shot_s * time_scale_; }
    double film_time(double world_s) const { return (world_s - offset_s_) / time_scale_; }
    std::vector<world::Event>
    take_events();  // footsteps included; times are film seconds of the shot
    std::vector<world::SlideSample> take_slides();
    // After the last at(): what the next shot goes on from.
    Carry carry() const;

private:
    ShotStage stage_;
    std::unique_ptr<StageDriverBase> driver_;
    std::unique_ptr<world::Simulator> simulator_;
    std::unique_ptr<SkateMarks> skates_;
    double offset_s_ = 0, time_scale_ = 1;
};

struct BodyTrack {
    std::string name;
    std::vector<world::TrackSample> samples;  // film seconds of the shot
};

struct Rehearsal {
    std::vector<double> solution;      // of the unknowns
    std::vector<world::Event> events;  // film seconds of the shot, in time order
    std::vector<world::SlideSample> slides;
    std::vector<BodyTrack> tracks;
    std::vector<world::RecordedBody> bodies;
    std::vector<InterestTrack> interest;
    std::shared_ptr<ShotRunner> end;  // stands at the end of the shot
    int tries = 0;
    double miss = 0;                 // 0: every wanted outcome happened
    std::vector<std::string> unmet;  // wanted but not found
};

int64_t shot_frames(const script::ShotList& list, int shot_index);
int64_t shot_first_frame(const script::ShotList& list, int shot_index);

// `known`: the solution, when it has been found before; it is not searched for again.
base::Result<Rehearsal> rehearse(const script::ShotList& list, int shot_index, const Carry* carry,
                                 const std::vector<double>* known,
                                 const std::vector<SpokenLine>& lines, int threads,
                                 const base::CancelToken* cancel,
                                 const std::function<void(double)>& progress,
                                 bool in_picture = false);

}  // namespace studio
