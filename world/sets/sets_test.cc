// Every place is fit to play in: it builds, its floor is where it says, its names are there.
#include <gtest/gtest.h>

#include <cmath>

#include "world/materials/material.h"
#include "world/sets/set.h"
#include "world/sets/shape_maker.h"

namespace world {
namespace {

using base::Vec3;

class EverySet : public testing::TestWithParam<std::string> {};

// Top of the static collision under (x, y) at or below `from`: boxes that lie flat, and meshes.
double ground_under(const SetModel& set, double x, double y, double from) {
    double top = -1e9;
    for (const Body& body : set.bodies) {
        if (body.motion != Motion::Static) continue;
        for (const CollisionPart& part : body.shape->collision) {
            const base::Transform pose = body.pose * part.pose;
            if (part.kind == CollisionKind::Box) {
                const Vec3 up = pose.apply_vector({0, 0, 1});
                if (up.z < 0.999) continue;
                const Vec3 local = pose.apply_inverse({x, y, pose.translation.z});
                if (std::abs(local.x) > part.half_extents.x ||
                    std::abs(local.y) > part.half_extents.y)
                    continue;
                const double z = pose.translation.z + part.half_extents.z;
                if (z <= from + 1e-6) top = std::max(top, z);
            } else if (part.kind == CollisionKind::StaticMesh) {
                for (const auto& t : part.triangles) {
                    const Vec3 a = pose.apply(part.points[t[0]].cast<double>());
                    const Vec3 b = pose.apply(part.points[t[1]].cast<double>());
                    const Vec3 c = pose.apply(part.points[t[2]].cast<double>());
                    const double area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
                    if (std::abs(area) < 1e-12) continue;
                    const double u = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area;
                    const double v = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area;
                    if (u < 0 || v < 0 || u + v > 1) continue;
                    const double z = a.z + u * (b.z - a.z) + v * (c.z - a.z);
                    if (z <= from + 1e-6) top = std::max(top, z);
                }
            }
        }
    }
    return top;
}

TEST_P(EverySet, StandsOnItsStage) {
    const auto set = build_set(GetParam(), {});
    ASSERT_TRUE(set);
    const Anchor* stage = set->anchor("stage");
    ASSERT_NE(stage, nullptr);
    const Vec3 at = stage->pose.translation;
    EXPECT_NEAR(ground_under(*set, at.x, at.y, at.z + 0.02), at.z, 0.02);
    EXPECT_NEAR(std::hypot(at.x, at.y), 0, 2.0) << "the origin is the stage's centre";
}

TEST_P(EverySet, SolidGroundUnderAnchorsOfPlay) {
    const auto set = build_set(GetParam(), {});
    for (const Anchor& anchor : set->anchors) {
        if (anchor.name == "hoop" || anchor.name == "water" || anchor.name == "pins" ||
            anchor.name == "ceiling" || anchor.name == "window" || anchor.name == "hill_top" ||
            anchor.name == "bed" || anchor.name == "sofa" || anchor.name == "bench") {
            continue;
        }
        const Vec3 at = anchor.pose.translation;
        EXPECT_NEAR(ground_under(*set, at.x, at.y, at.z + 0.03), at.z, 0.06) << anchor.name;
    }
}

TEST_P(EverySet, NamesItsFloorAndSpeaksKnownMaterials) {
    const auto set = build_set(GetParam(), {});
    bool floor = false;
    std::vector<std::string> names;
    for (const Body& body : set->bodies) {
        floor = floor || body.set_part == "floor";
        names.push_back(body.name);
        ASSERT_TRUE(body.shape);
        EXPECT_NE(find_material(body.material), nullptr) << body.name << ": " << body.material;
        for (const MeshPart& part : body.shape->parts) {
            if (!part.material.empty()) {
                EXPECT_NE(find_material(part.material), nullptr)
                    << body.name << ": " << part.material;
            }
            EXPECT_EQ(part.mesh.normals.size(), part.mesh.positions.size());
        }
        for (const CollisionPart& part : body.shape->collision) {
            if (!part.material.empty()) {
                EXPECT_NE(find_material(part.material), nullptr) << part.material;
            }
        }
    }
    EXPECT_TRUE(floor);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end())
        << "two bodies share a name";
}

TEST_P(EverySet, HasASaneRoomCameraAndLamps) {
    const auto set = build_set(GetParam(), {});
    const Vec3 size = set->room.high - set->room.low;
    EXPECT_GT(size.x, 3);
    EXPECT_GT(size.y, 3);
    EXPECT_GT(size.z, 2);
    EXPECT_NE(find_material(set->room.floor_material), nullptr) << set->room.floor_material;
    const Vec3 eye = set->camera_eye, lo = set->camera_bounds.low, hi = set->camera_bounds.high;
    for (int axis = 0; axis < 3; ++axis) {
        EXPECT_GE(eye[axis], lo[axis]);
        EXPECT_LE(eye[axis], hi[axis]);
    }
    EXPECT_GT(length(set->camera_target - eye), 0.5);
    EXPECT_GE(set->camera_lens_mm, 20);
    EXPECT_LE(set->camera_lens_mm, 60);
    if (!set->has_sky) {
        EXPECT_FALSE(set->lamps.empty());
    }
    for (const Lamp& lamp : set->lamps) {
        EXPECT_GT(lamp.power_lm, 0);
        EXPECT_GT(lamp.width_m * lamp.height_m, 0);
    }
    EXPECT_FALSE(set->ambience.empty());
}

TEST_P(EverySet, IsLightEnoughToDraw) {
    const auto set = build_set(GetParam(), {});
    long unique = 0;
    std::vector<const Shape*> seen;
    for (const Body& body : set->bodies) {
        if (std::find(seen.begin(), seen.end(), body.shape.get()) != seen.end()) continue;
        seen.push_back(body.shape.get());
        unique += triangle_count(*body.shape);
    }
    EXPECT_LE(unique, 150000);
    EXPECT_LE(set->bodies.size(), 250u);
}

TEST_P(EverySet, IsTheSameTwice) {
    const auto a = build_set(GetParam(), {.seed = 5}), b = build_set(GetParam(), {.seed = 5});
    ASSERT_EQ(a->bodies.size(), b->bodies.size());
    for (size_t i = 0; i < a->bodies.size(); ++i) {
        EXPECT_EQ(a->bodies[i].pose, b->bodies[i].pose);
        ASSERT_EQ(a->bodies[i].shape->parts.size(), b->bodies[i].shape->parts.size());
        for (size_t k = 0; k < a->bodies[i].shape->parts.size(); ++k) {
            EXPECT_EQ(a->bodies[i].shape->parts[k].mesh.positions,
                      b->bodies[i].shape->parts[k].mesh.positions);
        }
    }
}

TEST_P(EverySet, HonoursTheFloorAskedFor) {
    const auto set = build_set(GetParam(), {.floor = "steel"});
    const Vec3 at = set->anchor("stage")->pose.translation;
    bool found = false;
    for (const Body& body : set->bodies) {
        for (const CollisionPart& part : body.shape->collision) {
            const std::string& material = part.material.empty() ? body.material : part.material;
            found = found || (material == "steel" &&
                              std::abs((body.pose * part.pose).translation.x - at.x) < 60);
        }
    }
    EXPECT_TRUE(found);
}

INSTANTIATE_TEST_SUITE_P(Sets, EverySet, testing::ValuesIn(set_names()),
                         [](const auto& info) { return info.param; });

TEST(Sets, UnknownNamesAreNoSets) { EXPECT_FALSE(build_set("ballroom_of_mars", {})); }

TEST(Sets, NightLampsAreForTheNight) {
    const auto street = build_set("street", {.time = "day"});
    bool night_only = false;
    for (const Lamp& lamp : street->lamps) night_only = night_only || lamp.night_only;
    EXPECT_TRUE(night_only);
    EXPECT_TRUE(street->has_sky);
}

TEST(Gym, HoopIsWhereTheRulesPutIt) {
    const auto gym = build_set("gym", {});
    const Anchor* hoop = gym->anchor("hoop");
    const Anchor* line = gym->anchor("free_throw");
    ASSERT_TRUE(hoop && line);
    EXPECT_NEAR(hoop->pose.translation.z, 3.05, 1e-9);
    // FIBA: free-throw line 4.6 m from the board's face, ring centre 0.375 m before it.
    EXPECT_NEAR(hoop->pose.translation.x - line->pose.translation.x, 4.225, 0.01);
    ASSERT_EQ(gym->gates.size(), 1u);
    bool rim = false, board = false;
    for (const Body& body : gym->bodies) {
        if (body.name != "hoop") continue;
        for (const CollisionPart& part : body.shape->collision) {
            rim = rim || part.name == "rim";
            board = board || part.name == "board";
        }
    }
    EXPECT_TRUE(rim && board);
}

TEST(ShapeMaker, ABoxIsClosedAndLooksOutward) {
    ShapeMaker maker("box");
    maker.box({1, 2, 3}, {2, 1, 0.5}, 0.05);
    const ShapePtr shape = maker.finish();
    const TriMesh& mesh = shape->parts[0].mesh;
    double volume = 0;
    for (const auto& t : mesh.triangles) {
        const base::Vec3f a = mesh.positions[t[0]], b = mesh.positions[t[1]],
                          c = mesh.positions[t[2]];
        volume += dot(a, cross(b, c)) / 6.0;
        const base::Vec3f n = cross(b - a, c - a);
        EXPECT_GT(dot(n, mesh.normals[t[0]] + mesh.normals[t[1]] + mesh.normals[t[2]]), 0);
    }
    // The bevel takes a little: twelve edges' triangular prisms, less what corners share.
    EXPECT_LT(volume, 1.0);
    EXPECT_GT(volume, 1.0 - 12 * 0.5 * 0.05 * 0.05 * 2);
}

TEST(ShapeMaker, RoundThingsLookOutward) {
    ShapeMaker maker("round");
    maker.cylinder({0, 0, 0}, {0.3, 0.2, 1}, 0.2, 0.1);
    maker.ellipsoid({2, 0, 0}, {0.5, 0.4, 0.3});
    maker.tube({{4, 0, 0}, {4, 1, 0.5}, {5, 1, 1}}, 0.1);
    maker.lathe({7, 0, 0}, {{0.001, 0}, {0.3, 0}, {0.2, 0.5}, {0.001, 0.5}});
    maker.prism({{9, 0}, {10, 0}, {10, 1}, {9, 1}}, 0, 1);
    const ShapePtr shape = maker.finish();
    for (const MeshPart& part : shape->parts) {
        for (const auto& t : part.mesh.triangles) {
            const auto& p = part.mesh.positions;
            const base::Vec3f n = cross(p[t[1]] - p[t[0]], p[t[2]] - p[t[0]]);
            if (length(n) < 1e-6f) continue;
            EXPECT_GT(
                dot(n, part.mesh.normals[t[0]] + part.mesh.normals[t[1]] + part.mesh.normals[t[2]]),
                0);
        }
    }
}

}  // namespace
}  // namespace world
