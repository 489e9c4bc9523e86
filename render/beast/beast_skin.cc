// Linear blend skinning: legs swing in one plane and by less than a right angle, so it does not
// collapse. Weights by inverse power of the distance to a bone relative to its thickness, as for
// people (render/figure/skin_builder.cc).
#include "render/beast/beast_skin.h"

#include <algorithm>
#include <cmath>

namespace render {
namespace {

using base::Vec3f;

struct Bone {
    int index;
    Vec3f a, b;
    float radius;
    float side;  // +1 left, -1 right legs, 0 what lies in the middle
};

std::vector<Bone> bones_of(const world::BeastRig& rig) {
    std::vector<Bone> bones;
    const auto add = [&](int index, base::Vec3 a, base::Vec3 b, double radius, float side) {
        bones.push_back(
            {index, a.cast<float>(), b.cast<float>(), static_cast<float>(radius), side});
    };
    add(world::kTrunkBone, rig.rump, rig.chest, rig.trunk_m, 0);
    add(world::kTrunkBone, rig.chest, rig.neck, rig.neck_m, 0);
    for (int i = 0; i < world::kBeastLegs; ++i) {
        const world::BeastRig::Leg& leg = rig.legs[static_cast<size_t>(i)];
        const float side = leg.hip.y > 0 ? 1.f : -1.f;
        const double middle = 0.5 * (leg.thick_m + leg.thin_m);
        add(world::leg_bone(i, 0), leg.hip, leg.knee, middle, side);
        add(world::leg_bone(i, 1), leg.knee, leg.ankle, leg.thin_m * 1.3, side);
        add(world::leg_bone(i, 2), leg.ankle, leg.foot, leg.thin_m, side);
    }
    // The neck bends from its root on; its lower third still belongs to the trunk.
    add(world::kHeadBone, base::lerp(rig.neck, rig.head, 0.35), rig.head, rig.neck_m, 0);
    add(world::kHeadBone, rig.head, rig.muzzle, rig.head_m, 0);
    if (base::length(rig.tail_tip - rig.tail) > 1e-6)
        add(world::kTailBone, rig.tail, rig.tail_tip, rig.tail_m, 0);
    return bones;
}

float distance_to(const Bone& bone, Vec3f p) {
    const Vec3f ab = bone.b - bone.a;
    const float t =
        std::clamp(base::dot(p - bone.a, ab) / std::max(1e-9f, base::dot(ab, ab)), 0.f, 1.f);
    return base::length(p - bone.a - ab * t);
}

}  // namespace

BeastSkin::Weights BeastSkin::weights_at(Vec3f p) const {
    const std::vector<Bone> bones = bones_of(*shape_.beast);
    const float half_stance = std::abs(bones[2].b.y);
    std::array<float, world::kBeastBones> sum{};
    for (const Bone& bone : bones) {
        const float d = std::max(0.3f, distance_to(bone, p) / bone.radius);
        float w = 1 / (d * d * d * d * d * d);
        // A leg never pulls at the other side.
        if (bone.side != 0) w *= std::clamp(bone.side * p.y / (0.35f * half_stance), 0.f, 1.f);
        float& known = sum[static_cast<size_t>(bone.index)];
        known = std::max(known, w);
    }
    std::array<uint8_t, world::kBeastBones> order;
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint8_t>(i);
    std::partial_sort(order.begin(), order.begin() + 3, order.end(),
                      [&](uint8_t a, uint8_t b) { return sum[a] > sum[b]; });
    Weights w;
    float total = 0;
    for (size_t k = 0; k < 3; ++k) {
        w.bone[k] = order[k];
        w.weight[k] = sum[order[k]] > 1e-3f * sum[order[0]] ? sum[order[k]] : 0.f;
        total += w.weight[k];
    }
    for (float& weight : w.weight) weight /= total;
    return w;
}

BeastSkin::BeastSkin(const world::Shape& shape) : shape_(shape) {
    for (const world::MeshPart& part : shape.parts)
        for (const Vec3f& p : part.mesh.positions) weights_.push_back(weights_at(p));
}

void BeastSkin::pose(const base::Transform& body, const world::BeastPose& bones,
                     std::vector<Vec3f>& positions, std::vector<Vec3f>& normals) const {
    positions.resize(weights_.size());
    normals.assign(weights_.size(), {});
    const base::Transformf place{body.translation.cast<float>(), body.rotation.cast<float>()};
    size_t i = 0;
    for (const world::MeshPart& part : shape_.parts) {
        const world::TriMesh& mesh = part.mesh;
        for (size_t v = 0; v < mesh.positions.size(); ++v, ++i) {
            const Weights& w = weights_[i];
            Vec3f p{}, n{};
            for (size_t k = 0; k < 3; ++k) {
                if (w.weight[k] == 0) continue;
                const base::Transformf& bone = bones[w.bone[k]];
                p += bone.apply(mesh.positions[v]) * w.weight[k];
                if (!mesh.normals.empty()) n += bone.apply_vector(mesh.normals[v]) * w.weight[k];
            }
            positions[i] = place.apply(p);
            if (!mesh.normals.empty()) normals[i] = base::normalize(place.apply_vector(n));
        }
    }
}

}  // namespace render
