// What a world IS: its bodies, joints, water, air. How it is NOW is world/record/snapshot.h.
//
// SI units, world frame: right-handed, z up, origin on the set's floor at its stage centre.
// A Scene is plain data, filled by studio/director, read by world/step, render and sound.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/math/transform.h"
#include "world/shapes/shape.h"

namespace world {

constexpr double kStandardGravity = 9.80665;  // m/s2, CGPM 1901
constexpr double kMoonGravity = 1.62;         // m/s2, NASA moon fact sheet
constexpr double kAirDensity = 1.204;         // kg/m3 at 20 C, 101325 Pa

enum class Motion {
    Static,   // part of the set, never moves
    Dynamic,  // moved by physics only
    Driven,   // moved by a Driver (figures' limbs, turntables); pushes, is never pushed
};

using BodyIndex = int32_t;
constexpr BodyIndex kNoBody = -1;

struct Body {
    std::string name;  // as in the record: "ball_2", "hoop"
    std::string kind;  // noun: "basketball"
    ShapePtr shape;
    std::string material;               // never empty
    std::optional<base::Vec3f> colour;  // linear
    Motion motion = Motion::Dynamic;
    double mass_kg = 0;       // 0 = from volume and density
    base::Transform pose;     // of the shape's frame, at t = 0
    base::Vec3 velocity_mps;  // of the centre of mass
    base::Vec3 angular_velocity_radps;
    // Held until release_s, then free (a "release" event with b = holder). The record has exactly
    // one release for a dropped body. Unset = free from the start.
    std::optional<double> release_s;
    std::string holder;  // name for the event, "" = hung by nothing
    // A holder that carries it: figure index and joint name; the pose follows the joint until then.
    int held_by_figure = -1;
    std::string held_by_joint;
    std::optional<base::Vec3> release_velocity_mps;  // given at release (a throw); unset = its own
    std::optional<base::Vec3> release_spin_radps;
    // Something sets it going at this time, wherever it is and whatever it does.
    std::optional<double> push_s;
    base::Vec3 push_velocity_mps, push_spin_radps;
    std::optional<double> restitution;  // overrides the pair rule
    std::optional<double> friction;
    std::optional<double> linear_damping_per_s;
    double drag_coefficient = 0.47;  // sphere; 0 = none
    double magnus_coefficient = 0;   // lift slope for spinning balls
    double magnetic_moment_Am2 = 0;  // along local z
    bool breakable = false;
    double break_impulse_Ns = 0;    // above this contact impulse it shatters; 0 = by material
    std::vector<BodyIndex> shards;  // bodies that appear when it breaks; hidden before
    bool hidden = false;            // shards before the break
    bool asleep = false;            // starts settled: at rest until touched
    std::string set_part;           // non-empty for parts of the set: "floor", "wall"
    bool sensor = false;            // reports overlaps, does not push
};

enum class JointKind { Fixed, Hinge, BallSocket, Rope, Slider };

struct Joint {
    JointKind kind = JointKind::BallSocket;
    BodyIndex a = kNoBody, b = kNoBody;  // b = kNoBody: the world
    base::Vec3 point;                    // world frame at t = 0; rope: end at a
    base::Vec3 axis{0, 0, 1};            // hinge, slider
    base::Vec3 point_b;                  // rope: end at b
    double length_m = 0;                 // rope
    double rope_radius_m = 0.01;
    std::string rope_material = "rope";
    std::optional<double> limit_low, limit_high;
    std::optional<double> motor_speed_radps;
    double motor_torque_Nm = 0;
    double break_impulse_Ns = 0;  // 0 = never
    bool visible = true;          // ropes are drawn
};

struct Cloth {
    std::string name, kind, material = "fabric";
    std::optional<base::Vec3f> colour;
    base::Transform pose;  // of the sheet's corner (0,0), sheet in local x, y
    double width_m = 1, height_m = 1;
    int columns = 24, rows = 24;  // vertices
    double area_density_kgpm2 = 0.2;
    std::vector<std::pair<int, int>> pinned;  // (column, row)
    std::optional<double> release_s;          // pins let go
    std::string pattern;
};

struct Water {
    double level_z_m = 0;
    base::Vec3 low, high;          // horizontal extent used, bottom = low.z
    double density_kgpm3 = 998.2;  // 20 C
};

// "score": the centre passes downward through a horizontal circle.
struct ScoreGate {
    std::string name;  // "hoop"
    base::Vec3 centre;
    double radius_m = 0.2286;
};

struct FigureModel;  // world/figure/figure.h

struct Scene {
    base::Vec3 gravity_mps2{0, 0, -kStandardGravity};
    double air_density_kgpm3 = kAirDensity;
    base::Vec3 wind_mps;
    std::vector<Body> bodies;
    std::vector<Joint> joints;
    std::vector<Cloth> cloths;
    std::optional<Water> water;
    std::vector<ScoreGate> gates;
    std::vector<std::shared_ptr<const FigureModel>> figures;
    uint64_t seed = 1;
};

}  // namespace world
