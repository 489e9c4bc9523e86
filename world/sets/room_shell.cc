#include "world/sets/room_shell.h"

#include "world/sets/dressing/interior.h"

namespace world {

using base::Vec3;

ShapeMaker start_room(SetBuilder& set, const RoomShell& shell) {
    const Paint paint = set.wall_paint(shell.wall);
    ShapeMaker walls("wall", paint.material);
    const Vec3 lo = shell.low, hi = shell.high;
    const Vec3 sw{lo.x, lo.y, 0}, se{hi.x, lo.y, 0}, ne{hi.x, hi.y, 0}, nw{lo.x, hi.y, 0};
    struct Side {
        Vec3 a, b;
        const std::vector<Opening>* holes;
    };
    const Side sides[4] = {{ne, nw, &shell.back},
                           {se, ne, &shell.right},
                           {sw, se, &shell.front},
                           {nw, sw, &shell.left}};
    walls.paint(paint);
    for (const Side& side : sides) {
        SetBuilder::wall(walls, side.a, side.b, hi.z, shell.thickness, *side.holes);
    }
    for (const Side& side : sides) {
        for (const Opening& hole : *side.holes) {
            set.window(walls, side.a, side.b, shell.thickness, hole,
                       shell.lm_per_m2 * hole.width_m * hole.height_m, shell.bars_across,
                       shell.bars_up, shell.window_frame);
        }
    }
    if (shell.skirting_m > 0) {
        Paint board = shell.skirting;
        if (board.material.empty()) board = painted("wood", 0xefe9dc, "paint");
        add_skirting(walls, lo, hi, shell.skirting_m, board);
    }
    Paint top = shell.ceiling;
    if (top.material.empty()) top = painted("plaster", 0xf4f1ea);
    ShapeMaker ceiling("ceiling", top.material);
    ceiling.paint(top);
    ceiling.solid((lo + hi) * Vec3{0.5, 0.5, 0} + Vec3{0, 0, hi.z + 0.1},
                  {hi.x - lo.x + 0.6, hi.y - lo.y + 0.6, 0.2});
    set.add("ceiling", ceiling.finish());
    walls.at({}).paint(paint);
    return walls;
}

}  // namespace world
