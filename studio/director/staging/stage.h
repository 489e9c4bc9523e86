// Staging: what stands where when a shot begins, and what will make it move.
//
// `stage_shot` is a pure function of its inputs: rehearsal and shooting call it again and get the
// same scene. World frame and units as in world/scene/scene.h. Times are world seconds of the shot.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "base/core/result.h"
#include "script/shots/shot_list.h"
#include "world/figure/figure.h"
#include "world/record/record.h"
#include "world/record/snapshot.h"
#include "world/scene/scene.h"
#include "world/sets/set.h"
#include "world/step/simulator.h"

namespace studio {

// A cast member on stage: bodies, or a living figure.
struct Player {
    const script::CastMember* member = nullptr;
    std::vector<world::BodyIndex> bodies;  // one per count
    std::vector<int> figures;              // one per count, for living persons
    std::vector<int> cloths;               // flags, sheets: Scene::cloths
    bool placed = false;                   // an action has put it somewhere on purpose
    bool carried = false;                  // went on from the shot before
    std::ptrdiff_t held_by = -1;           // of ShotStage::players, see holding.h
};

// What the camera should keep in view.
struct Interest {
    enum class Kind { Body, Figure, Cloth, Point } kind = Kind::Body;
    int index = 0;     // body, figure or cloth
    base::Vec3 point;  // Point
    double radius_m = 0.1;
    double from_s = 0, to_s = 1e9;
    double weight = 1;  // the main subject has the largest
};

// A Driven body's path: animals that walk, birds that fly, machines. Pure function of time.
struct DrivenPath {
    world::BodyIndex body = world::kNoBody;
    std::function<base::Transform(double t_s)> pose;
    // Of four-legged animals; may be empty: how the limbs are held, and footfalls after one time
    // until another.
    std::function<world::BeastPose(double t_s)> limbs;
    std::function<std::vector<world::Event>(double after_s, double until_s)> steps;
};

// Unknowns of an action that a wanted outcome depends on: searched for by simulating.
struct Unknown {
    std::string name;
    double nominal = 0, spread = 0;  // sampled normal(nominal, spread), clamped to ±2.5 spread
};

struct OutcomeTest {
    std::string wanted;  // for the report: "the ball misses"
    // 0 = met; larger = further away. Sees all events of the shot and the end.
    std::function<double(const std::vector<world::Event>&, const world::Scene&,
                         const world::Snapshot&)>
        miss;
};

struct ShotStage {
    world::SetModel set;
    world::Scene scene;
    std::vector<Player> players;  // parallel to ShotList::cast (absent: empty)
    std::vector<Interest> interest;
    std::vector<DrivenPath> paths;
    std::vector<Unknown> unknowns;
    std::vector<OutcomeTest> outcomes;
    double needs_s = 0;     // world seconds until the main event is over (estimate)
    double surface_z = 0;   // of the surface in play
    bool top_view = false;  // the action is best seen from above
    std::optional<base::Vec3> view_direction;  // horizontal: from where the action reads best
    bool same_world = false;                   // scene equals the carried one: restore its save
    script::Report report;
};

// The world at the end of the shot before.
struct Carry {
    world::Scene scene;
    world::Snapshot snapshot;
    std::vector<uint8_t> save;  // of the simulator
    double world_t_s = 0;
    std::vector<Player> players;
    std::vector<DrivenPath> paths;
};

// A line of dialogue that has been spoken already (sound/voice): its time and its mouth shapes.
struct SpokenLine {
    std::string speaker;
    double start_s = 0, seconds = 0;              // film seconds from the shot's start
    std::vector<std::pair<double, int>> visemes;  // seconds from the line's start
};

// `solution`: values of the unknowns (in order of Unknown); missing = nominal. `in_picture`: the
// film starts from a picture, which stands for the set.
base::Result<ShotStage> stage_shot(const script::ShotList& list, int shot_index, const Carry* carry,
                                   const std::vector<double>& solution,
                                   const std::vector<SpokenLine>& lines = {},
                                   bool in_picture = false);

// Drives figures and paths of a stage.
class StageDriverBase : public world::Driver {
public:
    virtual std::vector<world::Event> take_footsteps() = 0;
};
// `book`: what figures did in other tries of the shot (world/figure/part.h); may be null.
std::unique_ptr<StageDriverBase> make_driver(const ShotStage& stage, world::PartBook* book);

}  // namespace studio
