#include "render/figure/anatomy.h"

#include "base/core/random.h"

namespace render {

Anatomy Anatomy::of(const world::FigureModel& figure) {
    Anatomy a;
    a.body = world::FigureBody::of(figure);
    a.head_scale = static_cast<float>(a.body.size.head_scale());
    a.head_at = a.rest(world::kHead);
    const auto draw = [&](const char* topic) {
        // Triangular: extremes are rare.
        const double u = world::look_draw(figure.look, topic);
        const double v = world::look_draw(figure.look, (std::string(topic) + "'").c_str());
        return static_cast<float>(u + v - 1);
    };
    FaceShape& f = a.face;
    f.jaw_width = draw("jaw");
    f.chin = draw("chin");
    f.cheeks = draw("cheeks");
    f.nose_length = draw("nose length");
    f.nose_width = draw("nose width");
    f.nose_tip = draw("nose tip");
    f.lips = draw("lips");
    f.mouth_width = draw("mouth");
    f.brow = draw("brow");
    f.eye_tilt = draw("eye tilt");
    f.eye_size = draw("eye size");
    f.face_width = draw("face width");

    const auto& size = a.body.size;
    const auto child = static_cast<float>(size.child);
    a.eye.centre = {0.0720f - 0.002f * child, 0.0330f, 0.052f - 0.012f * child};
    a.eye.ball = 0.0160f + 0.0004f * f.eye_size + 0.0012f * child;
    a.eye.lid = a.eye.ball + 0.0019f;
    const bool woman = size.female > 0.5;
    a.eye.upper = (woman ? 0.345f : 0.295f) + 0.02f * f.eye_size + 0.06f * child -
                  0.05f * static_cast<float>(size.old);
    a.eye.lower = (woman ? 0.315f : 0.29f) + 0.03f * child;
    a.eye.tilt = (woman ? 0.085f : 0.045f) + 0.05f * f.eye_tilt;
    a.mouth.half_width = 0.0245f + 0.0018f * f.mouth_width - 0.003f * child;
    a.mouth.z = -0.0165f - 0.003f * child;
    sculpt_trunk(a);
    sculpt_head(a);
    sculpt_hands(a);
    return a;
}

float Anatomy::mouth_line_z(float y) const {
    const float s = y / mouth.half_width;
    // A soft M: a dip at the middle, the corners a little raised.
    return mouth.z - 0.0008f * std::exp(-s * s * 18) +
           0.0006f * std::exp(-(std::abs(s) - 0.35f) * (std::abs(s) - 0.35f) * 22) +
           0.0016f * s * s;
}

float Anatomy::skin(Vec3f p) const {
    const Vec3f q = to_head(p);
    float d = trunk(p);
    if (q.z > -0.16f) {
        // |y| with a rounded corner, so that mirrored solids meet without a crease.
        const float y = std::sqrt(q.y * q.y + 4e-6f);
        d = smooth_min(d, head({q.x, y, q.z}) * head_scale, 0.014f * head_scale);
    }
    return d;
}

float Anatomy::body_only(Vec3f p) const {
    float d = trunk(p);
    for (const world::Side side : world::kSides) {
        const auto frame = rest_frame(world::arm_joint(side, world::kHand));
        const Vec3f q = frame.apply_inverse(p);
        if (base::length_squared(q) < 0.09f)
            d = smooth_min(d, hand[static_cast<int>(side)](q), 0.008f);
    }
    return d;
}

}  // namespace render
