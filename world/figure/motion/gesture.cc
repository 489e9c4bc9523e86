// Gestures made standing: hands, head and trunk; the feet stay.
#include "world/figure/motion/clip_kit.h"

namespace world {
namespace {

using base::Vec3;
using std::make_unique;

constexpr Side kR = Side::Right, kL = Side::Left;

std::unique_ptr<Clip> wave(const ClipRequest& r) {
    KeyList k(*r.body);
    const auto side = [](Controls& c, double tilt) {
        ArmControl& a = c.arm(kR);
        a.raise = 1.75;
        a.plane = 0.30;
        a.elbow = 1.75 + 0.1 * tilt;
        a.twist = -0.55 + 0.45 * tilt;
        a.pronate = 1.35;
        a.curl = 0.06;
        a.spread = 0.7;
        a.thumb = 0;
        a.wrist_side = 0.25 * tilt;
        c.spine.x = -0.05;
        c.head.x = 0.06 + 0.03 * tilt;
    };
    k.hold(0)
        .key(0.18,
             [](Controls& c) {
                 c.spine.y += 0.03;
                 c.look_weight = 0.6;
             })
        .key(0.60, [&](Controls& c) {
            side(c, 0.2);
            c.smile = 0.75;
            c.brow = 0.35;
            c.look_weight = 1;
        });
    for (int i = 0; i < 5; ++i)
        k.key(0.80 + 0.23 * i, [&](Controls& c) { side(c, i % 2 == 0 ? 1.0 : -0.8); });
    k.back_to_stand(2.6);
    return make_unique<KeyedClip>(r, k.take(), 0.60);
}

std::unique_ptr<Clip> talk(const ClipRequest& r) {
    KeyList k(*r.body);
    const auto open = [](ArmControl& a, double lift, double out) {
        a.raise = 0.42 + 0.25 * lift;
        a.plane = 1.0 - 0.5 * out;
        a.elbow = 1.15 + 0.45 * lift;
        a.twist = 0.25 - 0.5 * out;
        a.pronate = -0.85;
        a.curl = 0.22;
        a.spread = 0.35;
        a.wrist = -0.25;
    };
    k.key(0, [](Controls& c) { c.look_weight = 0.9; })
        .key(0.45,
             [&](Controls& c) {
                 open(c.arm(kR), 0.6, 0.3);
                 c.head = {0, -0.06, 0.06};
                 c.brow = 0.3;
                 c.look_weight = 0.9;
             })
        .key(0.95,
             [&](Controls& c) {
                 open(c.arm(kR), 0.2, 0.7);
                 open(c.arm(kL), 0.3, 0.5);
                 c.head = {0.05, 0.06, -0.05};
                 c.brow = 0;
                 c.spine.z = 0.05;
             })
        .key(1.50,
             [&](Controls& c) {
                 open(c.arm(kL), 0.8, 0.5);
                 open(c.arm(kR), 0.6, 0.6);
                 c.head = {-0.04, -0.03, 0.08};
                 c.spine.z = -0.05;
                 c.brow = 0.4;
             })
        .key(2.05,
             [&](Controls& c) {
                 open(c.arm(kL), 0.2, 0.1);
                 open(c.arm(kR), 0.1, 0.2);
                 c.head = {0.03, 0.08, -0.03};
                 c.brow = 0.1;
                 c.spine.z = 0.02;
             })
        .key(2.55,
             [&](Controls& c) {
                 open(c.arm(kR), 0.7, 0.2);
                 c.head = {0, -0.02, 0.02};
                 c.pelvis.y -= 0.008;
             })
        .key(3.05, [&](Controls& c) {
            open(c.arm(kR), 0.6, 0.3);
            c.head = {0, -0.06, 0.06};
            c.pelvis.y += 0.008;
            c.brow = 0.3;
            const Controls s = stand_controls(*r.body);
            c.arm(kL) = s.arm(kL);
            c.spine = s.spine;
        });
    auto clip = make_unique<KeyedClip>(r, k.take(), 0.45);
    clip->loop(0.45);
    return clip;
}

std::unique_ptr<Clip> bow(const ClipRequest& r) {
    KeyList k(*r.body);
    const double h = r.body->size.height;
    k.hold(0)
        .key(0.15,
             [](Controls& c) {
                 c.spine.y = -0.05;
                 c.head.y = -0.05;
             })
        .key(0.75,
             [&](Controls& c) {
                 c.alive = 0.2;
                 c.pitch = 0.55;
                 c.spine.y = 0.50;
                 c.head.y = 0.25;
                 c.pelvis += Vec3{-0.065 * h, 0, -0.012 * h};
                 for (ArmControl& a : c.arms) {
                     swing_arm(a, 0.10, 0.95);
                     a.elbow = 0.15;
                     a.curl = 0.15;
                 }
             })
        .hold(1.15)
        .back_to_stand(2.0);
    return make_unique<KeyedClip>(r, k.take(), 0.75);
}

std::unique_ptr<Clip> point(const ClipRequest& r) {
    KeyList k(*r.body);
    const double h = r.body->size.height;
    Vec3 aim = r.task.aim ? r.home.in(*r.task.aim) : Vec3{4, -0.5, 1.4};
    const Vec3 shoulder{0, -r.body->size.shoulder_half, r.body->size.shoulder_z};
    const Side side = aim.y > 0.3 * aim.x ? kL : kR;
    const Vec3 from{0, side_sign(side) * r.body->size.shoulder_half, shoulder.z};
    const Vec3 d = base::normalize(aim - from);
    k.hold(0)
        .key(0.2,
             [&](Controls& c) {
                 c.look_weight = 0.7;
                 c.arm(side).elbow = 0.7;
                 c.arm(side).raise = 0.35;
             })
        .key(0.5,
             [&](Controls& c) {
                 c.look_weight = 1;
                 ArmControl& a = c.arm(side);
                 reach(a, from + d * (0.365 * h), {0, 0.25 * -side_sign(side), -1}, d);
                 a.elbow_toward = {-0.2, 0.7, -0.8};
                 a.curl = 0.92;
                 a.point = 1;
                 a.thumb = 0.8;
                 c.spine.z = 0.10 * -side_sign(side);
                 c.brow = 0.2;
             })
        .hold(1.45)
        .back_to_stand(2.0);
    return make_unique<KeyedClip>(r, k.take(), 0.5);
}

std::unique_ptr<Clip> cheer(const ClipRequest& r) {
    KeyList k(*r.body);
    const double h = r.body->size.height;
    const auto up = [](Controls& c, double s) {
        for (ArmControl& a : c.arms) {
            a.raise = 2.55 + 0.15 * s;
            a.plane = 0.35;
            a.elbow = 0.45 - 0.3 * s;
            a.curl = 0.95;
            a.thumb = 0.9;
            a.twist = 0;
        }
    };
    k.key(0, [](Controls& c) { c.alive = 0.3; })
        .key(0.25,
             [&](Controls& c) {
                 c.pelvis.z -= 0.035 * h;
                 c.spine.y = 0.14;
                 for (ArmControl& a : c.arms) {
                     swing_arm(a, 0.3, 0.4);
                     a.elbow = 1.7;
                     a.curl = 0.9;
                 }
             })
        .key(0.55, [&](Controls& c) {
            c.pelvis.z = r.body->stand_pelvis_z() + 0.004 * h;
            c.spine.y = -0.12;
            c.head.y = -0.2;
            up(c, 1);
            c.smile = 1;
            c.brow = 0.6;
            c.jaw = 0.55;
        });
    for (int i = 0; i < 4; ++i)
        k.key(0.80 + 0.25 * i, [&](Controls& c) {
            up(c, i % 2 == 0 ? -0.6 : 1);
            c.pelvis.z = r.body->stand_pelvis_z() - (i % 2 == 0 ? 0.018 : 0) * h;
        });
    k.back_to_stand(2.4);
    return make_unique<KeyedClip>(r, k.take(), 0.55);
}

std::unique_ptr<Clip> shrug(const ClipRequest& r) {
    KeyList k(*r.body);
    k.hold(0)
        .key(0.45,
             [](Controls& c) {
                 for (ArmControl& a : c.arms) {
                     a.shrug = 0.30;
                     a.raise = 0.45;
                     a.plane = 0.35;
                     a.elbow = 1.35;
                     a.twist = -0.45;
                     a.pronate = -1.1;
                     a.curl = 0.1;
                     a.wrist = -0.35;
                     a.spread = 0.6;
                 }
                 c.head = {0.12, -0.03, 0};
                 c.brow = 0.7;
                 c.smile = -0.35;
             })
        .hold(0.80)
        .back_to_stand(1.4);
    return make_unique<KeyedClip>(r, k.take(), 0.45);
}

std::unique_ptr<Clip> nod(const ClipRequest& r) {
    KeyList k(*r.body);
    k.hold(0)
        .key(0.30, [](Controls& c) { c.head.y = 0.24; })
        .key(0.52, [](Controls& c) { c.head.y = -0.05; })
        .key(0.76,
             [](Controls& c) {
                 c.head.y = 0.18;
                 c.smile = 0.35;
             })
        .back_to_stand(1.2);
    return make_unique<KeyedClip>(r, k.take(), 0.30);
}

std::unique_ptr<Clip> look(const ClipRequest& r) {
    KeyList k(*r.body);
    k.hold(0)
        .key(0.35,
             [](Controls& c) {
                 c.look_weight = 1;
                 c.brow = 0.25;
             })
        .hold(1.5);
    auto clip = make_unique<KeyedClip>(r, k.take(), 0.35);
    clip->stay();
    return clip;
}

// After a miss: the arms drop, a look up, hands to the head, the shoulders sink.
std::unique_ptr<Clip> disappointed(const ClipRequest& r) {
    KeyList k(*r.body);
    const double h = r.body->size.height, z = h - 0.05 * h;
    k.hold(0)
        .key(0.25,
             [](Controls& c) {
                 c.head.y = -0.22;
                 c.spine.y = -0.06;
                 c.brow = 0.5;
                 c.smile = -0.4;
             })
        .key(0.6,
             [&](Controls& c) {
                 for (const Side side : kSides) {
                     const double s = side_sign(side);
                     reach(c.arm(side), {0.02 * h, s * 0.058 * h, z}, {-0.1, -s * 0.6, -0.8},
                           {-0.5, -s * 0.8, 0.45});
                     c.arm(side).elbow_toward = {0.5, 1.0, -0.1};
                     c.arm(side).curl = 0.15;
                 }
                 c.head.y = -0.06;
                 c.blink = 0.0;
             })
        .key(1.0,
             [](Controls& c) {
                 c.head.y = 0.22;
                 c.spine.y = 0.10;
                 c.brow = -0.3;
                 c.blink = 0.75;
             })
        .key(1.5,
             [&](Controls& c) {
                 for (ArmControl& a : c.arms) {
                     let_go(a);
                     swing_arm(a, 0.22, 0.10);
                     a.elbow = 0.2;
                     a.shrug = -0.06;
                 }
                 c.head = {0, 0.25, 0.15};
                 c.spine.y = 0.14;
                 c.blink = 0;
             })
        .key(2.2, [](Controls& c) {
            c.head = {0, 0.15, -0.1};
        });
    return make_unique<KeyedClip>(r, k.take(), 0.6);
}

// Holds a thing of the usual size in one hand before the body; "drop" opens the hand at the event,
// "drop_both" two hands with a thing in each.
std::unique_ptr<Clip> hold(const ClipRequest& r, bool drop, bool both) {
    KeyList k(*r.body);
    const double h = r.body->size.height;
    const auto each_hand = [both](const auto& does) {
        does(kR, 1.0);
        if (both) does(kL, -1.0);
    };
    const auto carry = [&](Controls& c, double out) {
        each_hand([&](Side side, double s) {
            ArmControl& a = c.arm(side);
            reach(a, {0.20 * h + 0.08 * h * out, -0.10 * h * s, (0.60 + 0.06 * out) * h}, {0, 0, 1},
                  {1, 0.25 * s, 0});
            if (out > 0) {
                reach(a, {0.28 * h, (both ? -0.15 : -0.08) * h * s, 0.66 * h}, {0, 0.35 * s, -1},
                      {1, 0.1 * s, 0});
            }
            a.curl = 0.42;
            a.thumb = 0.35;
            a.elbow_toward = {-0.6, 0.35 * s, -1};
        });
    };
    if (!drop) {
        k.key(0, [&](Controls& c) { carry(c, 0); }).hold(2.0);
        auto clip = make_unique<KeyedClip>(r, k.take(), 0.5);
        clip->stay();
        return clip;
    }
    k.key(0,
          [&](Controls& c) {
              carry(c, 1);
              c.head.y = 0.18;
          })
        .hold(0.66)
        .key(0.70,
             [&](Controls& c) { each_hand([&](Side side, double) { c.arm(side).curl = 0.38; }); })
        .key(0.82,
             [&](Controls& c) {
                 each_hand([&](Side side, double) {
                     ArmControl& a = c.arm(side);
                     a.curl = 0;
                     a.spread = 1;
                     a.thumb = 0;
                     a.at.z += 0.02 * h;
                 });
                 c.head.y = 0.30;
             })
        .hold(1.15)
        .back_to_stand(1.6);
    return make_unique<KeyedClip>(r, k.take(), 0.70);
}

}  // namespace

std::unique_ptr<Clip> make_gesture(const ClipRequest& r) {
    const std::string& clip = r.task.clip;
    if (clip == "wave") return wave(r);
    if (clip == "talk") return talk(r);
    if (clip == "bow") return bow(r);
    if (clip == "point") return point(r);
    if (clip == "cheer") return cheer(r);
    if (clip == "shrug") return shrug(r);
    if (clip == "nod") return nod(r);
    if (clip == "look") return look(r);
    if (clip == "disappointed") return disappointed(r);
    if (clip == "hold" || clip == "drop" || clip == "drop_both")
        return hold(r, clip != "hold", clip == "drop_both");
    return nullptr;
}

}  // namespace world
