#include "render/beast/beast_skin.h"

#include <gtest/gtest.h>

#include "world/beast/gait.h"

namespace render {
namespace {

using base::Vec3f;

TEST(BeastSkin, AtRestItIsTheShape) {
    const world::ShapePtr dog = world::build_shape({.kind = "dog"});
    const BeastSkin skin(*dog);
    std::vector<Vec3f> positions, normals;
    skin.pose({{1, 2, 3}, {}}, {}, positions, normals);
    size_t i = 0;
    for (const world::MeshPart& part : dog->parts) {
        for (const Vec3f& p : part.mesh.positions) {
            EXPECT_LT(base::length(positions[i] - p - Vec3f{1, 2, 3}), 1e-5f);
            ++i;
        }
    }
    EXPECT_EQ(i, positions.size());
}

// Eyes, nose and mouth go with the head; the socks with the feet; left legs leave right ones alone.
TEST(BeastSkin, PartsFollowTheirBones) {
    const world::ShapePtr dog = world::build_shape({.kind = "dog"});
    const BeastSkin skin(*dog);
    world::BeastPose pose;
    pose[world::kHeadBone].translation = {0, 0, 1};
    pose[static_cast<size_t>(world::leg_bone(world::kForeLeft, 2))].translation = {0, 0, 10};
    std::vector<Vec3f> rest, normals, moved;
    skin.pose({}, {}, rest, normals);
    skin.pose({}, pose, moved, normals);
    size_t i = 0;
    int lifted = 0;
    for (const world::MeshPart& part : dog->parts) {
        for (size_t v = 0; v < part.mesh.positions.size(); ++v, ++i) {
            const float up = moved[i].z - rest[i].z;
            if (part.name == "nose" || part.name == "eye" || part.name == "ear") {
                EXPECT_GT(up, 0.9f) << part.name;
            }
            if (rest[i].y < 0 || rest[i].x < -0.1f) {
                EXPECT_LT(up, 1.01f) << part.name;
            }
            lifted += up > 8;
        }
    }
    EXPECT_GT(lifted, 20);
}

TEST(BeastSkin, TrianglesDoNotTearInAGallop) {
    for (const char* kind : {"dog", "horse", "giraffe", "elephant", "cow"}) {
        const world::ShapePtr beast = world::build_shape({.kind = kind});
        const BeastSkin skin(*beast);
        const double leg = beast->beast->leg_m(),
                     speed = world::usual_speed_mps(world::Gait::Gallop, leg);
        std::vector<Vec3f> positions, normals;
        size_t torn = 0, all = 0;
        for (const double cycle : {0.0, 0.3, 0.55, 0.8}) {
            const auto now = world::beast_at(*beast->beast, world::Gait::Gallop, cycle, speed,
                                             world::stride_hz(world::Gait::Gallop, speed, leg));
            skin.pose({}, now.pose, positions, normals);
            size_t first = 0;
            for (const world::MeshPart& part : beast->parts) {
                const auto& p = part.mesh.positions;
                for (const auto& t : part.mesh.triangles) {
                    for (size_t k = 0; k < 3; ++k) {
                        const uint32_t a = t[k], b = t[(k + 1) % 3];
                        const float was = base::length(p[a] - p[b]),
                                    is = base::length(positions[first + a] - positions[first + b]);
                        torn += is > 4 * was + 0.02f * static_cast<float>(leg);
                        ++all;
                    }
                }
                first += p.size();
            }
        }
        EXPECT_LT(static_cast<double>(torn), 0.002 * static_cast<double>(all)) << kind;
    }
}

}  // namespace
}  // namespace render
