// Down to the floor or a seat: falling over, sitting, lying.
#include "world/figure/motion/clip_kit.h"

namespace world {
namespace {

using base::Vec3;
using std::make_unique;

constexpr Side kR = Side::Right, kL = Side::Left;

// Trips over the right foot: the body pitches as an inverted pendulum would (slow, then fast), the
// left foot tries to save it, hands meet the floor, then the chest; a small bounce and rest.
std::unique_ptr<Clip> fall(const ClipRequest& r) {
    const FigureBody& body = *r.body;
    const double h = body.size.height;
    KeyList k(body);
    const auto hands = [&](Controls& c, double x, double z) {
        for (const Side side : kSides) {
            const double s = side_sign(side);
            reach(c.arm(side), {x + (side == kR ? 0.03 : 0) * h, s * 0.15 * h, z}, {0.15, 0, -1},
                  {1, -0.2 * s, 0.05});
            c.arm(side).curl = 0.05;
            c.arm(side).spread = 0.8;
            c.arm(side).elbow_toward = {-0.8, 1, 0.2};
        }
    };
    k.key(0, [](Controls& c) { c.alive = 0; })
        .key(0.22,
             [&](Controls& c) {
                 FootControl& f = c.foot(kR);
                 f.ball += Vec3{-0.05 * h, 0, 0.04 * h};
                 f.pitch = -0.5;
                 c.pelvis.x += 0.05 * h;
                 c.pitch = 0.16;
                 c.spine.y = -0.12;
                 c.brow = 0.9;
                 c.jaw = 0.4;
                 c.smile = -0.3;
                 for (ArmControl& a : c.arms) {
                     swing_arm(a, 0.7, 0.5);
                     a.elbow = 0.6;
                     a.curl = 0.05;
                     a.spread = 1;
                 }
             })
        .key(0.48,
             [&](Controls& c) {
                 FootControl& f = c.foot(kL);
                 f.ball += Vec3{0.20 * h, 0, 0.05 * h};
                 c.pelvis += Vec3{0.13 * h, 0, -0.05 * h};
                 c.pitch = 0.50;
                 c.spine.y = 0.0;
                 c.head.y = -0.35;
                 for (ArmControl& a : c.arms) {
                     swing_arm(a, 0.6, 1.15);
                     a.elbow = 0.5;
                 }
             })
        .key(0.66,
             [&](Controls& c) {
                 FootControl& f = c.foot(kL);
                 f.ball += Vec3{0.10 * h, 0, 0};
                 f.ball.z = 0;
                 c.pelvis += Vec3{0.12 * h, 0, -0.10 * h};
                 c.pitch = 0.95;
                 hands(c, 0.62 * h, 0.24 * h);
             })
        .key(0.86,
             [&](Controls& c) {
                 c.pelvis = {0.42 * h, 0, 0.265 * h};
                 c.pitch = 1.32;
                 c.head.y = -0.6;
                 hands(c, 0.86 * h, 0.030 * h);
                 c.foot(kL).pitch = -0.7;
                 c.foot(kR).ball = {-0.13 * h, -0.07 * h, 0.02 * h};
             })
        .key(1.05,
             [&](Controls& c) {  // chest down, hands by the shoulders
                 c.pelvis = {0.50 * h, 0, 0.092 * h};
                 c.pitch = 1.54;
                 c.spine.y = -0.14;
                 c.head.y = -0.45;
                 hands(c, 0.87 * h, 0.022 * h);
                 for (const Side side : kSides) {
                     FootControl& f = c.foot(side);
                     f.free = 1;
                     f.swing = side == kL ? 0.05 : -0.02;
                     f.raise = 0.10;
                     f.knee = side == kL ? 0.30 : 0.42;
                     f.point = 1.0;
                     f.ball = {0, side_sign(side) * 0.07 * h, 0.02 * h};
                 }
                 c.blink = 1;
                 c.jaw = 0.1;
             })
        .key(1.20,
             [&](Controls& c) {
                 c.pelvis.z = 0.098 * h;
                 for (FootControl& f : c.feet) {
                     f.knee += 0.25;
                 }
             })
        .key(1.42,
             [&](Controls& c) {
                 c.pelvis.z = 0.088 * h;
                 c.spine.y = -0.08;
                 c.head = {0, -0.22, 0.35};
                 for (FootControl& f : c.feet) {
                     f.knee = 0.10;
                     f.swing = -0.02;
                 }
                 c.blink = 0.3;
             })
        .key(1.9,
             [&](Controls& c) {
                 c.spine.y = -0.22;
                 c.head = {0, -0.50, 0.1};
                 c.blink = 0;
                 c.brow = -0.2;
             })
        .key(2.4, [&](Controls& c) {
            c.head = {0, -0.42, -0.1};
        });
    auto clip = make_unique<KeyedClip>(r, k.take(), 1.05);
    clip->stay().end_at({0.5 * h, 0, 0});
    return clip;
}

std::unique_ptr<Clip> sit(const ClipRequest& r, bool drive) {
    const FigureBody& body = *r.body;
    const double h = body.size.height;
    // A seat 0.26 h high: the hip joint comes to rest a thigh's thickness above it.
    const Vec3 seated{-0.24 * h, 0, 0.26 * h + 0.058 * h + 0.018 * h};
    KeyList k(body);
    const auto posture = [&](Controls& c) {
        c.pelvis = seated;
        c.pitch = drive ? -0.15 : -0.05;
        c.spine.y = 0.06;
        c.head.y = 0;
        for (const Side side : kSides) {
            const double s = side_sign(side);
            if (drive) {
                reach(c.arm(side), {0.10 * h, s * 0.10 * h, 0.56 * h}, {0.3, -s, -0.2},
                      {0.5, -s * 0.2, 0.9});
                c.arm(side).curl = 0.85;
                c.arm(side).thumb = 0.7;
            } else {
                reach(c.arm(side), {0.00 * h, s * 0.075 * h, seated.z + 0.045 * h}, {0.1, 0, -1},
                      {1, -0.25 * s, -0.1});
                c.arm(side).curl = 0.25;
            }
            c.arm(side).elbow_toward = {-0.5, 0.6, -0.8};
            c.foot(side).ball.x = 0.10 * h;
            c.foot(side).ball.y = s * body.foot_y() * 1.25;
        }
    };
    if (drive) {
        k.key(0, posture)
            .key(0.75,
                 [&](Controls& c) {
                     for (const Side side : kSides) c.arm(side).at.z += side_sign(side) * 0.02 * h;
                     c.spine.x = 0.04;
                     c.head.x = -0.03;
                 })
            .key(1.5, posture)
            .key(2.25,
                 [&](Controls& c) {
                     for (const Side side : kSides) c.arm(side).at.z -= side_sign(side) * 0.02 * h;
                     c.spine.x = -0.04;
                     c.head.x = 0.03;
                 })
            .key(3.0, posture);
        auto clip = make_unique<KeyedClip>(r, k.take(), 0.4);
        clip->loop(0).stay();
        return clip;
    }
    k.hold(0)
        .key(0.30,
             [&](Controls& c) {
                 c.pitch = 0.35;
                 c.spine.y = 0.16;
                 c.pelvis += Vec3{-0.05 * h, 0, -0.03 * h};
                 c.head.y = -0.15;
                 for (ArmControl& a : c.arms) swing_arm(a, 0.2, 0.25);
             })
        .key(0.62,
             [&](Controls& c) {
                 c.pitch = 0.55;
                 c.spine.y = 0.22;
                 c.pelvis = {-0.17 * h, 0, 0.42 * h};
                 for (ArmControl& a : c.arms) {
                     swing_arm(a, 0.2, 0.65);
                     a.elbow = 0.5;
                 }
             })
        .key(0.90,
             [&](Controls& c) {
                 const double pitch = 0.22;
                 posture(c);
                 c.pitch = pitch;
                 c.pelvis.z -= 0.004 * h;
                 for (FootControl& f : c.feet) f.ball.x = stand_controls(body).feet[0].ball.x;
             })
        .key(1.3, [&](Controls& c) {
            posture(c);
            for (FootControl& f : c.feet) f.ball.x = stand_controls(body).feet[0].ball.x;
        });
    auto clip = make_unique<KeyedClip>(r, k.take(), 0.9);
    clip->stay();
    return clip;
}

std::unique_ptr<Clip> lie(const ClipRequest& r) {
    const FigureBody& body = *r.body;
    const double h = body.size.height;
    KeyList k(body);
    const auto flat = [&](Controls& c) {
        c.alive = 0.2;
        c.pelvis = {-0.30 * h, 0, 0.082 * h};
        c.pitch = -1.55;
        c.spine.y = 0;
        c.head.y = 0.10;
        c.roll = 0;
        for (ArmControl& a : c.arms) {
            let_go(a);
            a.raise = 0.30;
            a.plane = 0.0;
            a.elbow = 0.15;
            a.curl = 0.3;
            a.pronate = 0.3;
        }
        for (FootControl& f : c.feet) {
            f.free = 1;
            f.swing = 0.02;
            f.raise = 0.07;
            f.turn = 0.4;
            f.knee = 0.02;
            f.point = 0.5;
        }
    };
    k.hold(0)
        .key(0.5,
             [&](Controls& c) {
                 c.alive = 0;
                 c.pelvis += Vec3{-0.12 * h, 0, -0.30 * h};
                 c.pitch = 0.25;
                 c.spine.y = 0.35;
                 for (ArmControl& a : c.arms) {
                     swing_arm(a, 0.4, 0.5);
                 }
             })
        .key(0.95,
             [&](Controls& c) {
                 c.pelvis = {-0.26 * h, 0, 0.10 * h};
                 c.pitch = -0.25;
                 c.spine.y = 0.35;
                 for (ArmControl& a : c.arms) {
                     swing_arm(a, 0.35, -0.6);
                     a.elbow = 0.1;
                 }
             })
        .key(1.6,
             [&](Controls& c) {
                 flat(c);
                 c.head.y = 0.3;
             })
        .key(2.2, flat);
    auto clip = make_unique<KeyedClip>(r, k.take(), 1.6);
    clip->stay();
    return clip;
}

}  // namespace

std::unique_ptr<Clip> make_floor(const ClipRequest& r) {
    const std::string& clip = r.task.clip;
    if (clip == "fall") return fall(r);
    if (clip == "sit") return sit(r, false);
    if (clip == "ride") return sit(r, true);
    if (clip == "lie") return lie(r);
    return nullptr;
}

}  // namespace world
