// Laws that every noun's shape keeps; the list of nouns is read as text, since world may not
// include script.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "base/core/random.h"
#include "world/materials/material.h"
#include "world/shapes/kit/hull.h"
#include "world/shapes/kit/measure.h"
#include "world/shapes/kit/solids.h"
#include "world/shapes/shape.h"

namespace world {
namespace {

using base::Vec3;
using base::Vec3f;

struct Word {
    std::string kind, material;
    double size_m;
};

std::vector<Word> nouns() {
    std::ifstream file(std::string(AOZORA_SOURCE_DIR) + "/script/words/nouns.inc");
    std::vector<Word> out;
    const std::regex line("^NOUN\\(\"(\\w+)\", \"\\w+\", ([0-9.]+), \"(\\w+)\"\\)");
    std::smatch match;
    for (std::string text; std::getline(file, text);) {
        if (std::regex_search(text, match, line)) {
            out.push_back({match[1], match[3], std::stod(match[2])});
        }
    }
    return out;
}

// Each noun built once for all tests.
struct Built {
    std::map<std::string, ShapePtr> shapes;
};
const Built& built() {
    static const Built all = [] {
        Built out;
        for (const Word& word : nouns()) out.shapes[word.kind] = build_shape({.kind = word.kind});
        return out;
    }();
    return all;
}

uint64_t fingerprint(const Shape& shape) {
    uint64_t hash = base::hash_text(shape.name);
    const auto mix = [&](float x) {
        uint32_t bits;
        std::memcpy(&bits, &x, sizeof bits);
        hash = base::hash_combine(hash, bits);
    };
    for (const MeshPart& part : shape.parts) {
        for (const Vec3f& p : part.mesh.positions) mix(p.x), mix(p.y), mix(p.z);
        for (const auto& t : part.mesh.triangles) hash = base::hash_combine(hash, t[0] ^ t[2]);
    }
    for (const CollisionPart& part : shape.collision) {
        mix(float(part.half_extents.x)), mix(float(part.pose.translation.z));
        for (const Vec3f& p : part.points) mix(p.x), mix(p.y), mix(p.z);
    }
    return hash;
}

base::Bounds collision_bounds(const Shape& shape) {
    base::Bounds out;
    for (const CollisionPart& c : shape.collision) {
        const Vec3 h = c.half_extents;
        switch (c.kind) {
            case CollisionKind::Sphere:
                out.add(c.pose.translation - Vec3{h.x, h.x, h.x});
                out.add(c.pose.translation + Vec3{h.x, h.x, h.x});
                break;
            case CollisionKind::ConvexHull:
            case CollisionKind::StaticMesh:
                for (const Vec3f& p : c.points) out.add(c.pose.apply(p.cast<double>()));
                break;
            case CollisionKind::Capsule:
                for (const double s : {-1.0, 1.0}) {
                    const Vec3 end = c.pose.apply({0, 0, s * h.z});
                    out.add(end - Vec3{h.x, h.x, h.x});
                    out.add(end + Vec3{h.x, h.x, h.x});
                }
                break;
            default:
                for (int i = 0; i < 32; ++i) {  // box corners, or points of the two circles
                    const double s = i & 1 ? 1 : -1, a = (i >> 1) * base::kPi / 8;
                    const bool box = c.kind == CollisionKind::Box;
                    out.add(
                        c.pose.apply(box ? Vec3{(i & 2 ? h.x : -h.x), (i & 4 ? h.y : -h.y), s * h.z}
                                         : Vec3{h.x * std::cos(a), h.x * std::sin(a), s * h.z}));
                }
        }
    }
    return out;
}

TEST(Shapes, EveryNounHasAShapeOfItsUsualSizeAndMaterial) {
    ASSERT_GT(nouns().size(), 400u);
    for (const Word& word : nouns()) {
        const ShapePtr shape = built().shapes.at(word.kind);
        ASSERT_NE(shape, nullptr) << word.kind;
        EXPECT_EQ(shape->name, word.kind);
        EXPECT_EQ(shape->default_material, word.material) << word.kind;
        const Vec3 size = shape->bounds.size();
        EXPECT_NEAR(std::max({size.x, size.y, size.z}), word.size_m, 0.05 * word.size_m)
            << word.kind;
    }
    EXPECT_EQ(shape_kinds().size(), nouns().size());
    EXPECT_EQ(build_shape({.kind = "jabberwock"}), nullptr);
    EXPECT_FALSE(has_shape("jabberwock"));
}

TEST(Shapes, StandOnTheFloorAndInTheMiddle) {
    for (const auto& [kind, shape] : built().shapes) {
        if (!shape) continue;
        const double size = shape->bounds.size().z + shape->bounds.size().x;
        EXPECT_NEAR(shape->bounds.low.z, 0, 1e-4 * size) << kind;
        EXPECT_NEAR(shape->bounds.centre().x, 0, 1e-3 * size) << kind;
        EXPECT_NEAR(shape->bounds.centre().y, 0, 1e-3 * size) << kind;
    }
}

TEST(Shapes, HoldMatter) {
    for (const auto& [kind, shape] : built().shapes) {
        if (!shape) continue;
        const Vec3 s = shape->bounds.size();
        EXPECT_GT(shape->volume_m3, 0) << kind;
        // Overlapping parts count twice.
        EXPECT_LT(shape->volume_m3, 2.0 * s.x * s.y * s.z) << kind;
        if (shape->default_mass_kg) {
            EXPECT_GT(*shape->default_mass_kg, 0) << kind;
        }
    }
}

TEST(Shapes, NormalsAreUnitAndAgreeWithTheWinding) {
    for (const auto& [kind, shape] : built().shapes) {
        if (!shape) continue;
        double against = 0, whole = 0;
        for (const MeshPart& part : shape->parts) {
            const TriMesh& m = part.mesh;
            ASSERT_EQ(m.normals.size(), m.positions.size()) << kind << " " << part.name;
            for (const Vec3f& n : m.normals) {
                ASSERT_NEAR(base::length(n), 1, 1e-3) << kind << " " << part.name;
            }
            for (const auto& t : m.triangles) {
                ASSERT_LT(std::max({t[0], t[1], t[2]}), m.positions.size()) << kind;
                const Vec3f cross = base::cross(m.positions[t[1]] - m.positions[t[0]],
                                                m.positions[t[2]] - m.positions[t[0]]);
                const float along =
                    base::dot(cross, m.normals[t[0]] + m.normals[t[1]] + m.normals[t[2]]);
                const double area = base::length(cross);
                whole += area;
                if (along < 0) against += area;
            }
        }
        EXPECT_LT(against, 0.02 * whole) << kind;
    }
}

TEST(Shapes, CollideWhereTheyAreSeen) {
    // What sticks out of these is thread, spray, leaves or glow and shall not push.
    const std::set<std::string> airy = {"yoyo",    "yarn_ball", "whale",  "torch", "gift",
                                        "cherry",  "carrot",    "candle", "bomb",  "punching_bag",
                                        "chicken", "mouse",     "goat",   "deer",  "rabbit"};
    for (const auto& [kind, shape] : built().shapes) {
        if (!shape) continue;
        ASSERT_FALSE(shape->collision.empty()) << kind;
        EXPECT_LE(shape->collision.size(), 64u) << kind;
        const base::Bounds seen = shape->bounds, solid = collision_bounds(*shape);
        const Vec3 s = seen.size();
        const double size = std::max({s.x, s.y, s.z});
        EXPECT_NEAR(solid.low.z, 0, 0.03 * size) << kind;
        if (airy.contains(kind)) continue;
        for (int axis = 0; axis < 3; ++axis) {
            EXPECT_NEAR(solid.low[axis], seen.low[axis], 0.15 * size) << kind << " axis " << axis;
            EXPECT_NEAR(solid.high[axis], seen.high[axis], 0.15 * size) << kind << " axis " << axis;
        }
        for (const CollisionPart& part : shape->collision)
            EXPECT_LE(part.points.size(), 32u) << kind;
    }
}

TEST(Shapes, AreLightEnough) {
    for (const auto& [kind, shape] : built().shapes) {
        if (!shape) continue;
        size_t triangles = 0;
        for (const MeshPart& part : shape->parts) triangles += part.mesh.triangles.size();
        EXPECT_LE(triangles, 60'000u) << kind;
    }
}

TEST(Shapes, AreTheSameEveryTime) {
    for (const char* kind : {"dog", "cat", "rock", "tree", "basketball", "piano", "hoop"}) {
        const ShapePtr again = build_shape({.kind = kind});
        ASSERT_NE(again, nullptr) << kind;
        EXPECT_EQ(fingerprint(*built().shapes.at(kind)), fingerprint(*again)) << kind;
    }
    EXPECT_NE(fingerprint(*build_shape({.kind = "rock", .seed = 1})),
              fingerprint(*build_shape({.kind = "rock", .seed = 2})));
}

TEST(Shapes, SizeScalesLengthVolumeAndMass) {
    for (const char* kind : {"basketball", "dog", "vase"}) {
        const ShapePtr one = build_shape({.kind = kind, .size_m = 0.5});
        const ShapePtr two = build_shape({.kind = kind, .size_m = 1.0});
        EXPECT_NEAR(two->bounds.size().z / one->bounds.size().z, 2, 1e-3);
        EXPECT_NEAR(two->volume_m3 / one->volume_m3, 8, 1e-2);
        if (one->default_mass_kg) {
            EXPECT_NEAR(*two->default_mass_kg / *one->default_mass_kg, 8, 1e-9);
        }
        ASSERT_EQ(one->collision.size(), two->collision.size());
    }
}

TEST(Shapes, AnotherMaterialTakesTheUsualPaintAway) {
    const ShapePtr living = build_shape({.kind = "zebra"});
    const ShapePtr glass = build_shape({.kind = "zebra", .material = "glass"});
    int painted = 0;
    for (const MeshPart& part : living->parts) painted += part.material.empty() && part.colour;
    EXPECT_GT(painted, 0);
    for (const MeshPart& part : glass->parts) {
        if (part.material.empty()) {
            EXPECT_FALSE(part.colour) << part.name;
        }
    }
    EXPECT_TRUE(living->default_colour);
    EXPECT_FALSE(glass->default_colour);
}

TEST(Shapes, AnotherMaterialChangesTheMassByItsDensity) {
    const double rubber = *build_shape({.kind = "basketball"})->default_mass_kg;
    const double steel = *build_shape({.kind = "basketball", .material = "steel"})->default_mass_kg;
    EXPECT_NEAR(steel / rubber, material("steel").density_kgpm3 / material("rubber").density_kgpm3,
                1e-9);
}

TEST(Kit, MeasuresSimpleBodies) {
    const kit::SolidMeasure cube = kit::measure(kit::box({1, 2, 3}, {2, 4, 6}, 0).tri);
    EXPECT_NEAR(cube.volume_m3, 48, 1e-4);
    EXPECT_NEAR(cube.centroid.z, 3, 1e-6);
    EXPECT_NEAR(cube.xx, 48.0 / 12 * (16 + 36), 1e-2);
    EXPECT_NEAR(cube.xy, 0, 1e-3);
    const double ball = kit::measure(kit::sphere({}, 1, 128).tri).volume_m3;
    EXPECT_NEAR(ball, 4 * base::kPi / 3, 0.01);
}

TEST(Kit, SplitKeepsTheSurface) {
    const kit::Mesh ball = kit::sphere({}, 1, 48);
    const auto [in, out] = kit::split(ball, [](Vec3 p) { return p.z - 0.3; });
    EXPECT_NEAR(kit::measure({&in.tri, &out.tri}).volume_m3, kit::measure(ball.tri).volume_m3,
                1e-5);
    for (const Vec3f& p : in.tri.positions) EXPECT_LE(p.z, 0.3 + 1e-5);
    for (const Vec3f& p : out.tri.positions) EXPECT_GE(p.z, 0.3 - 1e-5);
}

TEST(Kit, HullContainsItsPoints) {
    base::Rng rng(5);
    std::vector<Vec3> points;
    for (int i = 0; i < 300; ++i) points.push_back({rng.normal(), rng.normal(), rng.normal()});
    const TriMesh hull = kit::convex_hull(points);
    for (const auto& t : hull.triangles) {
        const Vec3 a = hull.positions[t[0]].cast<double>();
        const Vec3 n = base::cross(hull.positions[t[1]].cast<double>() - a,
                                   hull.positions[t[2]].cast<double>() - a);
        for (const Vec3& p : points) EXPECT_LE(base::dot(p - a, base::normalize(n)), 1e-5);
    }
}

}  // namespace
}  // namespace world
