#include <algorithm>
#include <array>

#include "studio/director/actions/action.h"

namespace studio {
namespace {

struct Row {
    std::string_view verb;
    ActionFunction stage;
};

constexpr std::array kRows = {
    Row{"drop", stage_drop},        Row{"fall", stage_drop},
    Row{"throw", stage_throw},      Row{"shoot", stage_shoot},
    Row{"kick", stage_kick},        Row{"hit", stage_strike},
    Row{"roll", stage_roll},        Row{"slide", stage_slide},
    Row{"push", stage_strike},      Row{"pull", stage_slide},
    Row{"bounce", stage_bounce},    Row{"spin", stage_spin},
    Row{"swing", stage_swing},      Row{"knock_over", stage_strike},
    Row{"break", stage_break},      Row{"collapse", stage_collapse},
    Row{"topple", stage_topple},    Row{"jump", stage_jump},
    Row{"walk", stage_person},      Row{"run", stage_person},
    Row{"stand", stage_still},      Row{"sit", stage_person},
    Row{"dance", stage_person},     Row{"wave", stage_person},
    Row{"fall_over", stage_topple}, Row{"crash", stage_strike},
    Row{"explode", stage_explode},  Row{"float", stage_float},
    Row{"sink", stage_drop},        Row{"splash", stage_drop},
    Row{"fly", stage_fly},          Row{"orbit", stage_fly},
    Row{"hang", stage_hang},        Row{"hold", stage_hold},
    Row{"climb", stage_person},     Row{"catch", stage_person},
    Row{"balance", stage_still},    Row{"stack", stage_still},
    Row{"drive", stage_drive},      Row{"ring", stage_ring},
    Row{"race", stage_race},        Row{"rise", stage_rise},
    Row{"speak", stage_person},     Row{"look", stage_person},
    Row{"blow", stage_blow},        Row{"attract", stage_attract},
    Row{"skate", stage_person},     Row{"swim", stage_person},
    Row{"dive", stage_jump},        Row{"flutter", stage_flutter},
    Row{"launch", stage_throw},     Row{"flip", stage_jump},
    Row{"skip", stage_throw},       Row{"rebound", stage_rebound},
    Row{"drag", stage_slide},       Row{"tip", stage_topple},
    Row{"land", stage_drop},        Row{"rest", stage_still},
    Row{"turn", stage_turn},        Row{"break_shot", stage_break_shot},
    Row{"pour", stage_pour},        Row{"rain", stage_pour},
    Row{"juggle", stage_person},    Row{"crawl", stage_person},
    Row{"bowl", stage_bowl},        Row{"clap", stage_person},
    Row{"bow", stage_person},       Row{"rock", stage_rock},
    Row{"lean", stage_still},       Row{"cheer", stage_person},
    Row{"point", stage_person},
};

}  // namespace

ActionFunction find_action_staging(std::string_view verb) {
    const auto row =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.verb == verb; });
    return row == kRows.end() ? nullptr : row->stage;
}

std::vector<std::string_view> staged_actions() {
    std::vector<std::string_view> verbs;
    for (const Row& row : kRows) verbs.push_back(row.verb);
    return verbs;
}

}  // namespace studio
