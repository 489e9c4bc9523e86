// Small worlds for the tests of this room: boxes, a closed room with a lamp, snapshots of them.
#pragma once

#include <memory>

#include "render/render.h"

namespace render {

// A box around its frame's origin; `inward` turns its faces to the inside.
inline world::ShapePtr test_box(base::Vec3 half, bool inward) {
    auto shape = std::make_shared<world::Shape>();
    shape->name = "box";
    world::MeshPart part;
    for (int axis = 0; axis < 3; ++axis) {
        for (int sign = -1; sign <= 1; sign += 2) {
            const auto first = static_cast<uint32_t>(part.mesh.positions.size());
            for (int i = 0; i < 4; ++i) {
                base::Vec3f p;
                p[axis] = static_cast<float>(sign * half[axis]);
                p[(axis + 1) % 3] =
                    static_cast<float>((i == 1 || i == 2 ? 1 : -1) * half[(axis + 1) % 3]);
                p[(axis + 2) % 3] = static_cast<float>((i >= 2 ? 1 : -1) * half[(axis + 2) % 3]);
                part.mesh.positions.push_back(p);
                shape->bounds.add(p.cast<double>());
            }
            const bool straight = (sign > 0) != inward;
            part.mesh.triangles.push_back(
                {first, first + (straight ? 1u : 2u), first + (straight ? 2u : 1u)});
            part.mesh.triangles.push_back(
                {first, first + (straight ? 2u : 3u), first + (straight ? 3u : 2u)});
        }
    }
    shape->parts.push_back(part);
    return shape;
}

struct TestWorld {
    world::Scene scene;
    world::SetModel set;
    Stage stage;

    // A closed box [-2, 2] x [-2, 2] x [0, 3] with one lamp under the ceiling.
    explicit TestWorld(const std::string& wall_material = "plaster") {
        set.room.low = {-2, -2, 0};
        set.room.high = {2, 2, 3};
        world::Body room;
        room.name = "room";
        room.shape = test_box({2, 2, 1.5}, true);
        room.material = wall_material;
        room.motion = world::Motion::Static;
        room.pose.translation = {0, 0, 1.5};
        scene.bodies.push_back(room);
        world::Lamp lamp;
        lamp.pose.translation = {0, 0, 2.9};
        lamp.width_m = lamp.height_m = 0.5;
        lamp.power_lm = 3000;
        lamp.invisible = true;
        set.lamps.push_back(lamp);
        stage.scene = &scene;
        stage.set = &set;
    }
    TestWorld(const TestWorld&) = delete;

    int add_box(base::Vec3 half, base::Vec3 place, const std::string& material) {
        world::Body body;
        body.name = "box";
        body.shape = test_box(half, false);
        body.material = material;
        body.pose.translation = place;
        scene.bodies.push_back(body);
        return static_cast<int>(scene.bodies.size()) - 1;
    }
    world::Snapshot snapshot() const {
        world::Snapshot s;
        for (const world::Body& body : scene.bodies) s.bodies.push_back({.pose = body.pose});
        return s;
    }
    Camera camera() const {
        Camera c;
        c.eye = {0.3, -1.8, 1.3};
        c.target = {0, 0, 0.6};
        c.lens_mm = 28;
        return c;
    }
};

}  // namespace render
