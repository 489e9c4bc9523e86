#include "apps/server/http/router.h"

#include <map>

#include "base/core/check.h"

namespace http {

// One part of a path. A node where patterns end holds their routes by method.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
    std::unique_ptr<Node> any;   // {name}
    std::unique_ptr<Node> rest;  // {name*}
    std::vector<const Route*> routes;

    // The first node in order of preference (literal, {name}, {name*}) at which a pattern ends;
    // `values` get the parts that names stand for. `path` starts with '/' or is empty.
    const Node* find(std::string_view path, std::vector<std::string_view>& values) const {
        if (path.empty()) return routes.empty() ? nullptr : this;
        const std::string_view all = path.substr(1);
        const std::string_view part = all.substr(0, all.find('/'));
        const std::string_view left = all.substr(part.size());
        if (const auto next = literal.find(part); next != literal.end()) {
            if (const Node* found = next->second->find(left, values)) return found;
        }
        if (any && !part.empty()) {
            values.push_back(part);
            if (const Node* found = any->find(left, values)) return found;
            values.pop_back();
        }
        if (rest) {
            values.push_back(all);
            return rest.get();
        }
        return nullptr;
    }

    const Route* route_for(std::string_view method) const {
        for (const Route* route : routes) {
            if (route->method == method) return route;
        }
        return nullptr;
    }
};

namespace {

bool is_name(std::string_view part) {
    return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

template <typename Visit>
void for_each_part(std::string_view pattern, Visit visit) {
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const std::string_view part = pattern.substr(0, pattern.find('/'));
        visit(part);
        pattern.remove_prefix(part.size());
    }
}

}  // namespace

void Router::add(Route route) {
    CHECK(route.pattern.starts_with('/'), "a pattern starts with '/': " + route.pattern);
    CHECK(route.handler || route.fast, "a route without a handler: " + route.pattern);
    if (!root_) root_ = std::make_shared<Node>();
    routes_.push_back(std::make_unique<Route>(std::move(route)));
    const Route* added = routes_.back().get();

    Node* node = root_.get();
    bool ended = false;
    for_each_part(added->pattern, [&](std::string_view part) {
        CHECK(!ended, "{name*} must be the last part: " + added->pattern);
        std::unique_ptr<Node>* next = nullptr;
        if (is_name(part)) {
            ended = part[part.size() - 2] == '*';
            next = ended ? &node->rest : &node->any;
        } else {
            next = &node->literal[std::string(part)];
        }
        if (!*next) *next = std::make_unique<Node>();
        node = next->get();
    });
    CHECK(!node->route_for(added->method),
          "two routes for " + added->method + " " + added->pattern);
    node->routes.push_back(added);
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
    Match match;
    std::vector<std::string_view> values;
    const Node* node = root_ ? root_->find(path, values) : nullptr;
    if (!node) return match;

    match.route = node->route_for(method);
    if (!match.route && method == "HEAD") match.route = node->route_for("GET");
    if (!match.route) {
        for (const Route* route : node->routes) {
            if (!match.allow.empty()) match.allow += ", ";
            match.allow += route->method == "GET" ? "GET, HEAD" : route->method;
        }
        return match;
    }
    if (values.empty()) return match;
    size_t at = 0;
    for_each_part(match.route->pattern, [&](std::string_view part) {
        if (!is_name(part)) return;
        std::string_view name = part.substr(1, part.size() - 2);
        if (name.ends_with('*')) name.remove_suffix(1);
        match.params.emplace_back(std::string(name), std::string(values[at++]));
    });
    return match;
}

}  // namespace http
