#include "world/sets/dressing/hoop.h"

#include <cmath>

namespace world {

using base::Transform;
using base::Vec3;

void add_hoop(SetBuilder& set, double x, double y, bool faces_minus_x, bool main) {
    const double inner = kRimRadius, rod = kRimRod;
    const double rim_z = kRimHeight - rod;
    ShapeMaker maker("hoop", "steel");
    // Ring: drawn as a torus, collides as 28 overlapping capsules, error < 1.5 mm.
    maker.paint(painted("steel", 0xe2501f, "paint"));
    std::vector<Vec3> ring;
    for (int i = 0; i < 48; ++i) {
        const double a = 2 * base::kPi * i / 48;
        ring.push_back({inner * std::cos(a), inner * std::sin(a), rim_z});
    }
    maker.tube(ring, rod, 10, true);
    const int pieces = 28;
    for (int i = 0; i < pieces; ++i) {
        const double a0 = 2 * base::kPi * i / pieces, a1 = 2 * base::kPi * (i + 1) / pieces;
        maker.collide_cylinder({inner * std::cos(a0), inner * std::sin(a0), rim_z},
                               {inner * std::cos(a1), inner * std::sin(a1), rim_z}, rod, "rim",
                               "steel");
    }
    // Bracket from the ring to the board.
    const double face = kRimToBoard;
    maker.box({(inner + face) / 2, 0, rim_z - 0.012}, {face - inner, 0.16, 0.012}, 0.003);
    maker.box({face - 0.012, 0, rim_z - 0.07}, {0.024, 0.18, 0.16}, 0.004);
    maker.cylinder({inner * 0.9, 0.07, rim_z - 0.015}, {face - 0.02, 0.05, rim_z - 0.12}, 0.008, -1,
                   8);
    maker.cylinder({inner * 0.9, -0.07, rim_z - 0.015}, {face - 0.02, -0.05, rim_z - 0.12}, 0.008,
                   -1, 8);
    maker.collide_box({(inner + face) / 2 + 0.02, 0, rim_z - 0.02},
                      {face - inner - 0.04, 0.12, 0.02}, "rim", "steel");
    // Board 1.80 x 1.05 m, lower edge at 2.90 m, tempered glass with white lines.
    const double low = 2.90, width = 1.80, height = 1.05, thick = 0.02;
    const double mid = low + height / 2, x_mid = face + thick / 2;
    Paint glass = plain("glass");
    glass.name = "board";
    maker.paint(glass);
    maker.box({x_mid, 0, mid}, {thick * 0.5, width, height}, 0);
    maker.collide_box({x_mid, 0, mid}, {thick, width, height}, "board", "glass");
    maker.paint(painted("plastic", 0xf6f6f4));
    const double line = 0.05, f = face + thick / 4 - 0.003;
    const auto stripe = [&](double cy, double cz, double sy, double sz) {
        maker.box({f, cy, cz}, {0.004, sy, sz});
    };
    stripe(0, low + line / 2, width, line);
    stripe(0, low + height - line / 2, width, line);
    stripe(width / 2 - line / 2, mid, line, height);
    stripe(-width / 2 + line / 2, mid, line, height);
    // The inner rectangle, 59 x 45 cm, its base level with the ring.
    stripe(0, 3.05 + line / 2, 0.59, line);
    stripe(0, 3.05 + 0.45 - line / 2, 0.59, line);
    stripe(0.295 - line / 2, 3.05 + 0.225, line, 0.45);
    stripe(-0.295 + line / 2, 3.05 + 0.225, line, 0.45);
    maker.paint(painted("fabric", 0x23408f));
    maker.box({x_mid, 0, low - 0.012}, {0.055, width + 0.05, 0.05}, 0.012);
    maker.box({x_mid, width / 2 + 0.012, low + 0.16}, {0.055, 0.05, 0.36}, 0.012);
    maker.box({x_mid, -width / 2 - 0.012, low + 0.16}, {0.055, 0.05, 0.36}, 0.012);
    maker.paint(painted("steel", 0x9aa0a6));
    maker.box({x_mid + 0.03, 0, mid}, {0.04, width, 0.05}, 0.004);
    maker.box({x_mid + 0.03, width / 2 - 0.3, mid}, {0.04, 0.05, height - 0.05}, 0.004);
    maker.box({x_mid + 0.03, -width / 2 + 0.3, mid}, {0.04, 0.05, height - 0.05}, 0.004);
    // Padded stand well behind the end line: 2 m clear.
    const double foot = face + 2.1;
    maker.paint(painted("steel", 0x3c4148, "paint"));
    maker.tube({{foot, 0, 0.3}, {foot, 0, 1.9}, {foot - 0.5, 0, 2.7}, {x_mid + 0.06, 0, mid - 0.1}},
               0.085, 14);
    maker.tube({{foot + 0.25, 0, 0.4}, {foot + 0.1, 0, 2.2}, {x_mid + 0.1, 0, mid + 0.3}}, 0.045,
               12);
    maker.cylinder({foot - 0.42, 0.0, 2.58}, {x_mid + 0.05, 0.28, mid + 0.25}, 0.025, -1, 8);
    maker.cylinder({foot - 0.42, 0.0, 2.58}, {x_mid + 0.05, -0.28, mid + 0.25}, 0.025, -1, 8);
    maker.paint(painted("leather", 0x21408c, "padding"));
    maker.box({foot, 0, 1.08}, {0.40, 0.34, 1.85}, 0.06);
    maker.box({foot + 0.25, 0, 0.22}, {1.3, 0.95, 0.44}, 0.05);
    maker.collide_box({foot, 0, 1.08}, {0.40, 0.34, 1.85}, "stand", "leather");
    maker.collide_box({foot + 0.25, 0, 0.22}, {1.3, 0.95, 0.44}, "stand", "leather");
    // Net: twelve loops, a diamond mesh that narrows downward. It hangs free of the ball (no
    // collision); swish is the simulator's business, not the set's.
    maker.paint(painted("cotton", 0xf2f0ea));
    const int loops = 12, rows = 5;
    const auto knot = [&](int row, double index) {
        const double t = static_cast<double>(row) / rows;
        const double r = inner * (1 - 0.46 * std::pow(t, 0.8)) + (row == 0 ? 0.004 : 0.0);
        const double a = 2 * base::kPi * index / loops;
        return Vec3{r * std::cos(a), r * std::sin(a), rim_z - rod - 0.40 * t};
    };
    for (int row = 0; row < rows; ++row) {
        for (int i = 0; i < loops; ++i) {
            const double at = i + 0.5 * (row % 2);
            for (const double side : {-0.5, 0.5}) {
                maker.cylinder(knot(row, at), knot(row + 1, at + side), 0.0034, -1, 5);
            }
        }
    }
    const Transform pose = faces_minus_x ? placed({x, y, 0}, 0) : placed({x, y, 0}, 180);
    set.add(main ? "hoop" : "far_hoop", maker.finish(), pose, "hoop");
    if (!main) return;
    set.model().gates.push_back({"hoop", {x, y, rim_z}, inner});
    set.anchor("hoop", {x, y, kRimHeight}, faces_minus_x ? 180 : 0, kRimRadius);
}

}  // namespace world
