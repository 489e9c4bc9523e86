// People in the world: a skeleton, a body's proportions and a timeline of what it does.
// The skin, clothes and face are render/figure's business; both share the joint order below.
//
// Frame of a figure: stands on z = 0, faces +x, left is +y. Metres, radians, seconds (world time).
//
// Joints have stable names (world/figure/joints.h). For things that are held or thrown:
//   "hands"              between both palms: THE CENTRE of a ball held in two hands ("shoot" until
//                        its event, "catch", "bowl" at its start); y points from the right palm
//                        to the left one.
//   "grip_r", "grip_l"   the middle of a palm. The palm looks along local -y on the left and +y on
//                        the right; fingers along -z. A ball of radius r in one hand has its centre
//                        at grip.apply({0, +-r, 0}) (+ on the right); a handle runs along local x.
//   "toe_r"              strikes the ball in "kick" (its centre r ahead of the toe joint).
// Clips may be given event_s: the strike or the letting go happens exactly then. `aim` turns the
// figure to face it (stepping around, 0.5 to 1.4 s) except for look, talk, wave, point, sit, lie.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/math/transform.h"
#include "world/record/snapshot.h"
#include "world/scene/scene.h"
#include "world/step/simulator.h"

namespace world {

// Parent before child. Fingers: three joints each, thumb to little.
struct SkeletonJoint {
    std::string name;  // "pelvis", "spine_1", "head", "hand_l", "thumb_1_l"
    int parent = -1;
    base::Transform rest;  // relative to the parent, rest pose = standing, arms down a little away
    double radius_m = 0.05;  // of the limb from here toward its child
    double mass_kg = 0;      // of the segment (anthropometry: de Leva 1996)
};
using Skeleton = std::vector<SkeletonJoint>;

struct FigureLook {
    std::string sex = "female";  // "female", "male"
    std::string age = "young";   // "child", "young", "old"
    std::string role;            // "basketball player", "figure skater", "chef"
    base::Vec3f skin{}, hair{}, top{}, bottom{}, shoes{};  // linear colour; zero = by seed
    std::string hair_style;  // "short", "long", "bun", "bald", "bob", "curly"; "" = by seed
    std::string outfit;      // "jersey", "dress", "suit", "tshirt_jeans", "coat" ...; "" = by role
    std::string material;    // "" = living; "clay", "glass", "stone": a statue look
    uint64_t seed = 1;
};

// What the figure does and when. The driver blends from one to the next.
struct FigureTask {
    std::string clip;  // "stand", "walk", "run", "throw", "shoot", "jump", "kick", "spin", "fall",
                       // "sit", "wave", "dance", "talk", "clap", "bow", "look", "catch", "push",
                       // "pull", "hit", "bowl", "cue", see clip_names()
    double start_s = 0, end_s = 0;
    std::optional<base::Vec3> to;   // walk/run: destination on the floor
    std::optional<base::Vec3> aim;  // point to look at, throw at, kick
    std::optional<double> speed;    // m/s or rad/s (spin)
    double event_s = 0;             // when the hand lets go / the foot strikes (absolute)
};

// How a hand holds a thing while a task leaves it free: on the palm or in the fist, before the
// body, or hanging at the side.
enum class Grip : int { None, Palm, Fist, Hang };

struct FigureModel {
    std::string name;  // cast id
    FigureLook look;
    double height_m = 1.75;
    double mass_kg = 70;
    base::Transform place;                        // at t = 0
    std::vector<FigureTask> tasks;                // in time order
    Grip grip = Grip::None;                       // of the hand that holds_left() names
    std::vector<std::pair<double, int>> visemes;  // (time, viseme), from sound/voice
};
// Does the figure hold what it holds in its left hand? It does where a task needs the right one and
// leaves the left one free (a wave, a throw).
bool holds_left(const FigureModel& figure);

// The skeleton for these proportions; also the joint order of FigureState::joints.
Skeleton build_skeleton(const FigureModel& figure);

// Capsules that follow the figure's limbs: append to Scene::bodies before Simulator::create.
// Named "<figure>.<joint>", Motion::Driven. Returns the index of the first.
int add_figure_bodies(Scene& scene, int figure_index);

class PartBook;  // world/figure/part.h

// Drives all figures of the scene. Footsteps come out of take_footsteps(). With a book, what equal
// figures did at the same times under other drivers is remembered, not solved again.
class FigureDriver : public Driver {
public:
    static std::unique_ptr<FigureDriver> create(const Scene& scene, PartBook* book = nullptr);
    void drive(double t_s, const Scene& scene, Snapshot& state) override = 0;
    virtual std::vector<Event> take_footsteps() = 0;
};

// Pure function used by the driver, the director (where is the hand at release?) and tests.
FigureState pose_figure(const FigureModel& figure, double t_s);
// World transform of a joint at a time; CHECKs the name.
base::Transform joint_at(const FigureModel& figure, const std::string& joint, double t_s);
// Seconds from the start of a clip to its event (ball leaves the hand, foot strikes), and its
// length.
struct ClipTiming {
    double event_s, length_s;
};
ClipTiming clip_timing(const std::string& clip);
std::vector<std::string> clip_names();

}  // namespace world
