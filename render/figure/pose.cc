// Rest mesh -> posed mesh: face shapes in the head's frame, then dual quaternion skinning (Kavan et
// al. 2007, "Skinning with Dual Quaternions"), which keeps the volume of twisted and bent limbs.
#include <cmath>

#include "render/figure/skin_builder.h"
#include "world/figure/joints.h"
#include "world/figure/viseme.h"

namespace render {
namespace {

using base::Quatf;
using base::Transformf;

struct DualQuat {
    Quatf real, dual;
};

DualQuat dual_of(const Transformf& t) {
    const Quatf& q = t.rotation;
    const Vec3f& v = t.translation;
    const Quatf vq{v.x, v.y, v.z, 0};
    const Quatf d = vq * q;
    return {q, {0.5f * d.x, 0.5f * d.y, 0.5f * d.z, 0.5f * d.w}};
}

}  // namespace

void pose(const FigureSkin& skin, const world::FigureState& state, std::vector<Vec3f>& positions,
          std::vector<Vec3f>& normals) {
    const FigureSkin::Rig& rig = *skin.rig;
    positions = skin.rest_positions;
    normals = rig.normals;

    // The face moves before the skeleton does.
    const Transformf& head = state.joints[world::kHead];
    const float u = rig.head_scale;
    const Transformf& mouth = state.joints[world::kMouth];
    const Vec3f mouth_rest_local =
        head.apply_inverse(mouth.translation) -
        (rig.from_rest[world::kHead].apply(rig.from_rest[world::kMouth].inverse().translation));
    const Vec3f lips = mouth_rest_local * 100.f;  // back from centimetres to -1 .. 1
    const Vec3f gaze = head.rotation.conjugate().rotate(state.gaze);
    const float look_down = -std::atan2(gaze.z, std::hypot(gaze.x, gaze.y));
    const float smile = state.smile;
    const float blink = std::clamp(state.blink + 0.10f * std::max(0.f, smile) * 0.6f, 0.f, 1.f);
    for (const FaceShift& f : rig.face) {
        Vec3f& p = positions[f.vertex];
        p += (f.smile * smile + f.wide * lips.y + f.forward * lips.x + f.upper * lips.z +
              f.brow * state.brow) *
             u;
        if (f.eye >= 0) {
            const float open = f.follow * look_down;
            const float angle = open + (f.shut_angle - open) * blink;
            const Quatf turn = Quatf::from_axis_angle({0, 1, 0}, angle);
            p = rig.eye[f.eye] + turn.rotate(p - rig.eye[f.eye]);
            normals[f.vertex] = turn.rotate(normals[f.vertex]);
        }
    }

    std::vector<DualQuat> joint(state.joints.size());
    for (size_t j = 0; j < joint.size(); ++j)
        joint[j] = dual_of(state.joints[j] * rig.from_rest[j]);
    for (size_t i = 0; i < positions.size(); ++i) {
        const VertexWeights& w = rig.weights[i];
        const DualQuat& first = joint[w.joint[0]];
        Quatf real = first.real, dual = first.dual;
        if (w.weight[0] < 1) {
            const float w0 = w.weight[0];
            real = {real.x * w0, real.y * w0, real.z * w0, real.w * w0};
            dual = {dual.x * w0, dual.y * w0, dual.z * w0, dual.w * w0};
            for (size_t k = 1; k < 4; ++k) {
                if (w.weight[k] <= 0) continue;
                const DualQuat& next = joint[w.joint[k]];
                const float d = first.real.x * next.real.x + first.real.y * next.real.y +
                                first.real.z * next.real.z + first.real.w * next.real.w;
                const float s = d < 0 ? -w.weight[k] : w.weight[k];
                real = {real.x + s * next.real.x, real.y + s * next.real.y,
                        real.z + s * next.real.z, real.w + s * next.real.w};
                dual = {dual.x + s * next.dual.x, dual.y + s * next.dual.y,
                        dual.z + s * next.dual.z, dual.w + s * next.dual.w};
            }
            const float inv = 1 / std::sqrt(real.x * real.x + real.y * real.y + real.z * real.z +
                                            real.w * real.w);
            real = {real.x * inv, real.y * inv, real.z * inv, real.w * inv};
            dual = {dual.x * inv, dual.y * inv, dual.z * inv, dual.w * inv};
        }
        const Quatf t = dual * real.conjugate();
        positions[i] = real.rotate(positions[i]) + Vec3f{t.x, t.y, t.z} * 2.f;
        normals[i] = real.rotate(normals[i]);
    }
}

}  // namespace render
