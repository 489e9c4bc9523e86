#include "world/step/gates.h"

namespace world::step {

namespace {

bool inside(const Dynamics& d, int sensor, Vec3 place) {
    const Vec3 local = d.bodies[sensor].q.conjugate().rotate(place - d.bodies[sensor].x);
    for (const CompiledPart& part : d.models[sensor].shape->parts) {
        if (!part.mesh && contains(part.convex, local)) return true;
    }
    return false;
}

Event score(const Dynamics& d, int body, const std::string& gate, double share) {
    Event event;
    event.t_s = d.time_s() + share * d.h();
    event.kind = EventKind::Score;
    event.a = d.scene.bodies[body].name;
    event.b = gate;
    event.position_m = d.bodies[body].old_x + (d.bodies[body].x - d.bodies[body].old_x) * share;
    event.material_a = d.scene.bodies[body].material;
    event.body_a = body;
    return event;
}

}  // namespace

void Gates::look(const Dynamics& d, EventLog& log) const {
    if (d.scene.gates.empty()) {
        bool any = false;
        for (const BodyModel& m : d.models) any |= !m.solid;
        if (!any) return;
    }
    for (int i = 0; i < static_cast<int>(d.models.size()); ++i) {
        const RigidState& s = d.bodies[i];
        if (!d.movable(i) || !s.awake || !d.models[i].solid) continue;
        for (const ScoreGate& gate : d.scene.gates) {
            if (s.old_x.z < gate.centre.z || s.x.z >= gate.centre.z) continue;
            const double share = (s.old_x.z - gate.centre.z) / (s.old_x.z - s.x.z);
            const Vec3 at = s.old_x + (s.x - s.old_x) * share;
            if (std::hypot(at.x - gate.centre.x, at.y - gate.centre.y) > gate.radius_m) continue;
            log.add(score(d, i, gate.name, share));
        }
        for (int k = 0; k < static_cast<int>(d.models.size()); ++k) {
            if (d.models[k].solid || d.bodies[k].hidden) continue;
            if (inside(d, k, s.x) && !inside(d, k, s.old_x)) {
                log.add(score(d, i, d.scene.bodies[k].name, 1));
            }
        }
    }
}

}  // namespace world::step
