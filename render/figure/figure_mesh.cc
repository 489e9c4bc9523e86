#include "render/figure/figure_mesh.h"

#include "world/figure/joints.h"
#include "world/figure/limbs.h"

namespace render {

using base::Vec3f;

struct FigureSkin::Rig {
    std::vector<int> joint;
    std::vector<Vec3f> local, normal;
};

// TODO: crude capsules, replaced by the real skin.
std::unique_ptr<FigureSkin> build_skin(const world::FigureModel& figure) {
    auto skin = std::make_unique<FigureSkin>();
    auto rig = std::make_shared<FigureSkin::Rig>();
    const world::FigureState rest = world::pose_figure(figure, 0);
    for (const world::Limb& limb : world::figure_limbs(figure)) {
        constexpr int kAround = 16, kAlong = 12;
        const auto first = static_cast<uint32_t>(rig->joint.size());
        for (int i = 0; i <= kAlong; ++i) {
            for (int k = 0; k < kAround; ++k) {
                const double v = base::kPi * i / kAlong, u = 2 * base::kPi * k / kAround;
                const base::Vec3 n{std::sin(v) * std::cos(u), std::sin(v) * std::sin(u), std::cos(v)};
                const base::Vec3 p = n * limb.radius_m +
                                     base::Vec3{0, 0, (i * 2 <= kAlong ? 1 : -1) * limb.half_length_m};
                rig->joint.push_back(limb.joint);
                rig->local.push_back((limb.centre + limb.turn.rotate(p)).cast<float>());
                rig->normal.push_back(limb.turn.rotate(n).cast<float>());
                if (i == kAlong) continue;
                const uint32_t a = first + static_cast<uint32_t>(i * kAround + k);
                const uint32_t b = first + static_cast<uint32_t>(i * kAround + (k + 1) % kAround);
                skin->triangles.push_back({a, a + kAround, b});
                skin->triangles.push_back({b, a + kAround, b + kAround});
            }
        }
    }
    skin->parts.push_back({"skin", 0, static_cast<int>(skin->triangles.size()), "skin",
                           {0.6f, 0.4f, 0.3f}, "", -1, 0});
    skin->rig = rig;
    std::vector<Vec3f> normals;
    pose(*skin, rest, skin->rest_positions, normals);
    skin->uvs.resize(skin->rest_positions.size());
    skin->tints.assign(skin->rest_positions.size(), {1, 1, 1});
    return skin;
}

void pose(const FigureSkin& skin, const world::FigureState& state, std::vector<Vec3f>& positions,
          std::vector<Vec3f>& normals) {
    const FigureSkin::Rig& rig = *skin.rig;
    positions.resize(rig.joint.size());
    normals.resize(rig.joint.size());
    for (size_t i = 0; i < rig.joint.size(); ++i) {
        const auto& joint = state.joints[static_cast<size_t>(rig.joint[i])];
        positions[i] = joint.apply(rig.local[i]);
        normals[i] = joint.rotation.rotate(rig.normal[i]);
    }
}

}  // namespace render
