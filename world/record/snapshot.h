// How the world is at one instant. Render and sound see only this, events, and shapes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/math/transform.h"
#include "world/beast/rig.h"

namespace world {

// Same index as Scene::bodies. The pose is of the shape's frame (not of the centre of mass).
struct BodyState {
    base::Transform pose;
    base::Vec3 velocity_mps;  // of the centre of mass
    base::Vec3 angular_velocity_radps;
    bool visible = true;
    bool released = true;
    bool asleep = false;
};

// A mesh whose vertices are simulated: cloth (index = Scene::cloths) or rope (Scene::joints).
struct SoftState {
    enum class Kind { Cloth, Rope } kind = Kind::Cloth;
    int index = 0;
    std::vector<base::Vec3f> vertices;  // cloth: [rows, columns]; rope: points along it
};

// Joint rotations of a figure, world frame, same order as its skeleton (world/figure).
struct FigureState {
    std::vector<base::Transformf> joints;
    float blink = 0;            // 0 open .. 1 closed
    float jaw = 0;              // 0 closed .. 1 wide
    float smile = 0, brow = 0;  // -1 .. 1
    int viseme = 0;             // 0 rest; world/figure/viseme.h
    base::Vec3f gaze{1, 0, 0};  // world direction of the eyes
    // Cloth that trails: skirt swing etc. is the skin's business, from joint velocities.
    bool visible = true;
};

enum class ParticleKind : uint8_t { Droplet, Dust, Spark, Snow, Rain, Smoke };

struct Particle {
    base::Vec3f position;
    base::Vec3f velocity;
    float radius_m = 0;
    float opacity = 1;
    ParticleKind kind = ParticleKind::Dust;
};

// Height of the water above its rest level on a regular grid over Water::low..high; empty = flat.
struct WaterState {
    int columns = 0, rows = 0;
    std::vector<float> height_m;  // [rows, columns]
};

// How a walking animal holds its limbs; its body's pose carries the whole.
struct BeastState {
    int body = 0;  // index in Scene::bodies
    BeastPose pose;
};

struct Snapshot {
    double world_t_s = 0;
    std::vector<BodyState> bodies;
    std::vector<SoftState> soft;
    std::vector<FigureState> figures;
    std::vector<BeastState> beasts;  // those that are not at rest
    std::vector<Particle> particles;
    WaterState water;
};

}  // namespace world
