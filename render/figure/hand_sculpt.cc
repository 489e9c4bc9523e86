// Hands, in the frame of the hand joint: fingers along -z, thumb forward (+x).
#include "render/figure/anatomy.h"
#include "world/figure/joints.h"

namespace render {

void sculpt_hands(Anatomy& a) {
    for (const world::Side side : world::kSides) {
        Sculpt& s = a.hand[static_cast<int>(side)];
        const auto frame = a.rest_frame(world::arm_joint(side, world::kHand));
        const auto local = [&](int part) {
            return frame.apply_inverse(a.rest(world::arm_joint(side, part)));
        };
        const auto palm = -static_cast<float>(world::side_sign(side));  // y of the palm
        const auto len = static_cast<float>(a.body.size.hand);
        const float thick = len * (a.body.size.female > 0.5 ? 0.0405f : 0.0455f) *
                            (1 + 0.10f * static_cast<float>(a.body.size.child));
        // Wrist into palm.
        s.tube({0, 0, 0.18f * len}, {0, palm * -0.004f * len, -0.12f * len}, {1, 0, 0},
               {{0, 0, 0, 0.160f * len, 0.124f * len},
                {0.5f, 0, 0, 0.150f * len, 0.112f * len},
                {1, 0.004f * len, 0, 0.185f * len, 0.112f * len}},
               0.05f * len);
        for (int finger = 1; finger < 5; ++finger) {
            const Vec3f knuckle = local(world::kThumb1 + 3 * finger);
            const Vec3f root{knuckle.x * 0.55f + 0.01f * len, 0, -0.10f * len};
            s.capsule(root, knuckle + Vec3f{0, palm * 0.012f * len, 0.02f * len}, 0.088f * len,
                      0.066f * len, 0.07f * len);
        }
        // Balls of the thumb and of the little finger, hollow of the palm.
        const Vec3f thumb1 = local(world::kThumb1), thumb2 = local(world::kThumb1 + 1);
        s.capsule(thumb1 + Vec3f{-0.01f * len, palm * 0.02f * len, 0},
                  base::lerp(thumb1, thumb2, 0.85f), 0.078f * len, 0.066f * len, 0.07f * len);
        s.capsule({-0.115f * len, palm * 0.045f * len, -0.13f * len},
                  {-0.125f * len, palm * 0.035f * len, -0.34f * len}, 0.058f * len, 0.050f * len,
                  0.06f * len);
        s.ellipsoid({-0.02f * len, palm * 0.150f * len, -0.28f * len},
                    Vec3f{0.085f, 0.072f, 0.14f} * len, 0.06f * len);
        s.carve();
        constexpr float kWidth[5] = {1.16f, 1.02f, 1.04f, 0.98f, 0.88f};
        for (int finger = 0; finger < 5; ++finger) {
            const float r = thick * kWidth[finger];
            Vec3f joint[4];
            for (int bone = 0; bone < 3; ++bone)
                joint[bone] = local(world::kThumb1 + 3 * finger + bone);
            const auto last = a.rest_frame(world::arm_joint(side, world::kThumb1 + 3 * finger + 2));
            constexpr float kTip[5] = {0.14f, 0.11f, 0.115f, 0.115f, 0.100f};
            joint[3] = frame.apply_inverse(last.apply({0, 0, -kTip[finger] * len}));
            const float root = finger == 0 ? 1.20f : 1.12f;
            s.capsule(joint[0], joint[1], r * root, r * 1.02f,
                      finger == 0 ? 0.05f * len : 0.022f * len);
            s.capsule(joint[1], joint[2], r * 1.02f, r * 0.93f, 0.010f * len);
            s.capsule(joint[2], base::lerp(joint[2], joint[3], 0.90f), r * 0.93f, r * 0.78f,
                      0.010f * len);
            // Knuckles stand out on the back, pads on the inside.
            const Vec3f back = base::normalize(
                frame.rotation.conjugate().rotate(last.rotation.rotate({0, -palm, 0})));
            s.ellipsoid(joint[1] + back * (0.16f * r), Vec3f{1.02f, 1.0f, 1.05f} * (r * 0.98f),
                        0.012f * len);
            s.ellipsoid(base::lerp(joint[2], joint[3], 0.55f) - back * (0.20f * r),
                        Vec3f{0.80f, 0.80f, 1.05f} * (r * 0.92f), 0.010f * len);
        }
    }
}

}  // namespace render
