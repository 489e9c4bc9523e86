#include "world/step/saved_state.h"

namespace world::step {

void save_events(StateWriter& out, const std::vector<Event>& events) {
    out.put(static_cast<uint64_t>(events.size()));
    for (const Event& e : events) {
        out.put(e.t_s), out.put(e.world_t_s.has_value()), out.put(e.world_t_s.value_or(0));
        out.put(e.kind), out.put(e.a), out.put(e.b), out.put(e.impulse_Ns), out.put(e.position_m);
        out.put(e.shot), out.put(e.material_a), out.put(e.material_b), out.put(e.body_a);
        out.put(e.body_b), out.put(e.closing_speed_mps), out.put(e.duration_s), out.put(e.text);
    }
}

std::vector<Event> load_events(StateReader& in) {
    uint64_t count = 0;
    in.get(count);
    std::vector<Event> events;
    for (uint64_t i = 0; i < count && in.ok(); ++i) {
        Event e;
        bool has_world_time = false;
        double world_time = 0;
        in.get(e.t_s), in.get(has_world_time), in.get(world_time);
        if (has_world_time) e.world_t_s = world_time;
        in.get(e.kind), in.get(e.a), in.get(e.b), in.get(e.impulse_Ns), in.get(e.position_m);
        in.get(e.shot), in.get(e.material_a), in.get(e.material_b), in.get(e.body_a);
        in.get(e.body_b), in.get(e.closing_speed_mps), in.get(e.duration_s), in.get(e.text);
        events.push_back(std::move(e));
    }
    return events;
}

}  // namespace world::step
