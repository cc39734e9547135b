/*
 * A port of the store-and-task core in C, for `unstuck conform -- ./port`.
 *
 * It keeps the state and nothing else: no files, no timers. Built with -DBROKEN=n (1 to 8, see
 * below), one rule is wrong, in a way in which real code has been wrong; the kit must find each.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef BROKEN
#define BROKEN 0
#endif

enum {
    QUOTA_KEPT_ON_CLOSE = 1,      /* a chunk that is closed keeps its over-limit unit */
    COUNTER_KEPT_ON_DOWN,         /* a chunk that is put down stays in the count of chunks up */
    OVER_LIMIT_FIRST,             /* a retry tries the quota before the enforced up */
    DOWN_WITH_SEVERAL_ROUTES,     /* a chunk with several routes is put down while it waits */
    TASK_LEAKED,                  /* a task that is destroyed keeps its slot in the task map */
    RETRY_USED_BY_RESCHEDULE,     /* a re-schedule uses a retry */
    CLOSED_WHILE_OWED,            /* a chunk is closed when its first delivery ends */
    LIMIT_OFF_BY_ONE              /* one chunk more than max_chunks_up may be up */
};

#define MAX_CHUNKS 256
#define MAX_OUTPUTS 16
#define NOBODY (-1)
#define UNLIMITED (-1)

enum storage { ABSENT, DOWN, UP, UP_FOR_OUTPUT };
enum delivery_state { UNROUTED, ROUTED, FLUSHING, RETRY, DELIVERED, DROPPED, LOST };

static const char *storage_names[] = { "", "down", "up", "upForOutput" };
static const char *delivery_names[] = { "unrouted", "routed",  "flushing", "retry",
                                        "delivered", "dropped", "lost" };

struct delivery {
    enum delivery_state state;
    int retries_used;
};

struct chunk {
    enum storage storage;
    int charged_to;
    bool has_task;
    struct delivery deliveries[MAX_OUTPUTS];
};

static struct {
    int chunks, task_map_size, max_chunks_up, outputs, retry_limit, over_limit_quota;
    bool release_on_close, check_map_first, evict_idle_when_map_full;
    bool crash, scheduler_fails, shutdown, detach_on_output_exit;
} config;

static struct {
    struct chunk chunks[MAX_CHUNKS];
    bool online[MAX_OUTPUTS];
    int over_limit_up[MAX_OUTPUTS];
    int up, tasks;
    bool running;
} engine;

/* What the rules ask. */

static bool is_up(const struct chunk *chunk)
{
    return chunk->storage == UP || chunk->storage == UP_FOR_OUTPUT;
}

static bool has_room(void)
{
    return engine.up < config.max_chunks_up + (BROKEN == LIMIT_OFF_BY_ONE ? 1 : 0);
}

static bool map_full(void)
{
    return engine.tasks >= config.task_map_size;
}

static bool is_idle(const struct chunk *chunk)
{
    return chunk->storage != ABSENT && !chunk->has_task;
}

static bool retries_left(const struct delivery *delivery)
{
    return config.retry_limit == UNLIMITED || delivery->retries_used < config.retry_limit;
}

static int count_routes(const struct chunk *chunk)
{
    int routes = 0;
    for (int o = 0; o < config.outputs; o++) {
        if (chunk->deliveries[o].state != UNROUTED) {
            routes++;
        }
    }
    return routes;
}

enum firing { FIRE, FIRE_OVER_LIMIT, RESCHEDULE };

static enum firing outcome_of_firing(const struct chunk *chunk, int output)
{
    bool quota = engine.over_limit_up[output] < config.over_limit_quota;

    if (is_up(chunk)) {
        return FIRE;
    }
    if (BROKEN == OVER_LIMIT_FIRST && quota) {
        return FIRE_OVER_LIMIT;
    }
    if (has_room()) {
        return FIRE;
    }
    return quota ? FIRE_OVER_LIMIT : RESCHEDULE;
}

/* What the rules do. */

static void bring_up(struct chunk *chunk)
{
    chunk->storage = UP;
    engine.up++;
}

static void release_quota(struct chunk *chunk)
{
    if (chunk->charged_to != NOBODY) {
        engine.over_limit_up[chunk->charged_to]--;
        chunk->charged_to = NOBODY;
    }
}

static void put_down(struct chunk *chunk)
{
    if (BROKEN != COUNTER_KEPT_ON_DOWN) {
        engine.up--;
    }
    chunk->storage = DOWN;
    release_quota(chunk);
}

static void close_chunk(struct chunk *chunk)
{
    if (is_up(chunk)) {
        engine.up--;
    }
    if (config.release_on_close && BROKEN != QUOTA_KEPT_ON_CLOSE) {
        release_quota(chunk);
    }
    chunk->storage = ABSENT;
}

static void settle(struct chunk *chunk)
{
    for (int o = 0; o < config.outputs && BROKEN != CLOSED_WHILE_OWED; o++) {
        if (chunk->deliveries[o].state == FLUSHING || chunk->deliveries[o].state == RETRY) {
            return;
        }
    }
    if (BROKEN != TASK_LEAKED) {
        engine.tasks--;
    }
    close_chunk(chunk);
}

static void end_delivery(struct chunk *chunk, int output, enum delivery_state state)
{
    chunk->deliveries[output].state = state;
    chunk->deliveries[output].retries_used = 0;
    settle(chunk);
}

static void leave_memory_while_waiting(struct chunk *chunk)
{
    bool only_route = count_routes(chunk) == 1 || BROKEN == DOWN_WITH_SEVERAL_ROUTES;
    if (only_route && is_up(chunk)) {
        put_down(chunk);
    }
}

/* The actions. Each answers whether it was enabled; if not, it changed nothing. */

static bool ingest(struct chunk *chunk, const bool *mask)
{
    if (chunk->storage != ABSENT) {
        return false;
    }
    *chunk = (struct chunk){ .storage = DOWN, .charged_to = NOBODY };
    for (int o = 0; o < config.outputs; o++) {
        chunk->deliveries[o].state = mask[o] ? ROUTED : UNROUTED;
    }
    if (has_room()) {
        bring_up(chunk);
    }
    return true;
}

static bool dispatch(struct chunk *chunk)
{
    if (!is_idle(chunk) || map_full() || (!is_up(chunk) && !has_room())) {
        return false;
    }
    if (!is_up(chunk)) {
        bring_up(chunk);
    }
    chunk->has_task = true;
    engine.tasks++;
    for (int o = 0; o < config.outputs; o++) {
        if (chunk->deliveries[o].state == ROUTED) {
            chunk->deliveries[o].state = FLUSHING;
        }
    }
    return true;
}

static bool dispatch_without_task(struct chunk *chunk)
{
    if (config.check_map_first || !is_idle(chunk) || is_up(chunk) || !map_full() || !has_room()) {
        return false;
    }
    bring_up(chunk);
    return true;
}

static bool evict(struct chunk *chunk)
{
    if (!config.evict_idle_when_map_full || !is_idle(chunk) || !is_up(chunk) || !map_full()) {
        return false;
    }
    put_down(chunk);
    return true;
}

static bool flush_ok(struct chunk *chunk, int output)
{
    if (chunk->deliveries[output].state != FLUSHING || !engine.online[output]) {
        return false;
    }
    end_delivery(chunk, output, DELIVERED);
    return true;
}

static bool flush_failed(struct chunk *chunk, int output, bool drops)
{
    struct delivery *delivery = &chunk->deliveries[output];

    if (delivery->state != FLUSHING || engine.online[output] || retries_left(delivery) == drops) {
        return false;
    }
    if (drops) {
        end_delivery(chunk, output, DROPPED);
        return true;
    }
    delivery->state = RETRY;
    delivery->retries_used++;
    leave_memory_while_waiting(chunk);
    return true;
}

static bool retry_due(struct chunk *chunk, int output, enum firing outcome)
{
    struct delivery *delivery = &chunk->deliveries[output];

    if (delivery->state != RETRY || outcome_of_firing(chunk, output) != outcome) {
        return false;
    }
    if (outcome == RESCHEDULE) {
        if (BROKEN == RETRY_USED_BY_RESCHEDULE) {
            delivery->retries_used++;
        }
        return true;
    }
    if (!is_up(chunk)) {
        bring_up(chunk);
    }
    if (outcome == FIRE_OVER_LIMIT) {
        chunk->storage = UP_FOR_OUTPUT;
        chunk->charged_to = output;
        engine.over_limit_up[output]++;
    }
    delivery->state = FLUSHING;
    return true;
}

static bool schedule_fail(struct chunk *chunk, int output)
{
    struct delivery *delivery = &chunk->deliveries[output];
    bool fails = delivery->state == FLUSHING && !engine.online[output] && retries_left(delivery);
    bool waits = delivery->state == RETRY && outcome_of_firing(chunk, output) == RESCHEDULE;

    if (!config.scheduler_fails || (!fails && !waits)) {
        return false;
    }
    if (fails) {
        leave_memory_while_waiting(chunk);
    }
    end_delivery(chunk, output, LOST);
    return true;
}

static bool set_online(int output, bool online)
{
    if (engine.online[output] == online) {
        return false;
    }
    engine.online[output] = online;
    return true;
}

static bool crash(void)
{
    if (!config.crash) {
        return false;
    }
    for (int c = 0; c < config.chunks; c++) {
        struct chunk *chunk = &engine.chunks[c];
        if (chunk->storage == ABSENT) {
            continue;
        }
        chunk->storage = DOWN;
        chunk->charged_to = NOBODY;
        chunk->has_task = false;
        for (int o = 0; o < config.outputs; o++) {
            bool routed = chunk->deliveries[o].state != UNROUTED;
            chunk->deliveries[o] = (struct delivery){ .state = routed ? ROUTED : UNROUTED };
        }
    }
    memset(engine.over_limit_up, 0, sizeof(engine.over_limit_up));
    engine.up = 0;
    engine.tasks = 0;
    return true;
}

static bool engine_shutdown(void)
{
    if (!config.shutdown) {
        return false;
    }
    engine.running = false;
    for (int c = 0; c < config.chunks && config.detach_on_output_exit; c++) {
        struct chunk *chunk = &engine.chunks[c];
        if (chunk->storage == UP_FOR_OUTPUT) {
            release_quota(chunk);
            chunk->storage = UP;
        }
    }
    return true;
}

/* The protocol. Requests are flat, so looking for a key is all the JSON that is needed. */

static const char *value_of(const char *line, const char *key)
{
    char quoted[64];
    const char *found;

    snprintf(quoted, sizeof(quoted), "\"%s\":", key);
    found = strstr(line, quoted);
    return found == NULL ? NULL : found + strlen(quoted);
}

static int number_of(const char *line, const char *key, int otherwise)
{
    const char *value = value_of(line, key);
    return value == NULL || *value == '"' ? otherwise : atoi(value);
}

static bool flag_of(const char *line, const char *key)
{
    const char *value = value_of(line, key);
    return value != NULL && strncmp(value, "true", 4) == 0;
}

static bool text_is(const char *line, const char *key, const char *text)
{
    const char *value = value_of(line, key);
    size_t length = strlen(text);
    return value != NULL && *value == '"' && strncmp(value + 1, text, length) == 0 &&
           value[length + 1] == '"';
}

static void read_mask(const char *line, bool *mask)
{
    const char *value = value_of(line, "mask");

    memset(mask, 0, MAX_OUTPUTS * sizeof(*mask));
    for (; value != NULL && *value != '\0' && *value != ']'; value++) {
        if (*value >= '0' && *value <= '9') {
            char *end;
            long output = strtol(value, &end, 10);
            if (output < MAX_OUTPUTS) {
                mask[output] = true;
            }
            value = end - 1;
        }
    }
}

static const char *reset(const char *line)
{
    config.chunks = number_of(line, "chunks", 0);
    config.outputs = number_of(line, "outputs", 0);
    if (config.chunks < 1 || config.chunks > MAX_CHUNKS || config.outputs < 1 ||
        config.outputs > MAX_OUTPUTS) {
        return "there can be 1 to 256 chunks and 1 to 16 outputs";
    }
    config.task_map_size = number_of(line, "taskMapSize", 0);
    config.max_chunks_up = number_of(line, "maxChunksUp", 0);
    config.retry_limit = number_of(line, "retryLimit", UNLIMITED);
    config.over_limit_quota = number_of(line, "overLimitQuota", 0);
    config.release_on_close = flag_of(line, "releaseOnClose");
    config.check_map_first = flag_of(line, "checkMapFirst");
    config.evict_idle_when_map_full = flag_of(line, "evictIdleWhenMapFull");
    config.crash = flag_of(line, "crash");
    config.scheduler_fails = flag_of(line, "schedulerFails");
    config.shutdown = flag_of(line, "shutdown");
    config.detach_on_output_exit = flag_of(line, "detachOnOutputExit");

    memset(&engine, 0, sizeof(engine));
    engine.running = true;
    for (int o = 0; o < config.outputs; o++) {
        engine.online[o] = true;
    }
    return NULL;
}

static bool act(const char *line)
{
    int slot = number_of(line, "slot", 0);
    int output = number_of(line, "output", 0);
    struct chunk *chunk = &engine.chunks[slot];

    if (!engine.running || slot < 0 || slot >= config.chunks || output < 0 ||
        output >= config.outputs) {
        return false;
    }
    if (text_is(line, "action", "ingest")) {
        bool mask[MAX_OUTPUTS];
        read_mask(line, mask);
        return ingest(chunk, mask);
    }
    if (text_is(line, "action", "outputDown")) {
        return set_online(output, false);
    }
    if (text_is(line, "action", "outputUp")) {
        return set_online(output, true);
    }
    if (text_is(line, "action", "crash")) {
        return crash();
    }
    if (text_is(line, "action", "shutdown")) {
        return engine_shutdown();
    }
    if (chunk->storage == ABSENT) {
        return false;
    }
    if (text_is(line, "action", "dispatch")) {
        return dispatch(chunk);
    }
    if (text_is(line, "action", "dispatchWithoutTask")) {
        return dispatch_without_task(chunk);
    }
    if (text_is(line, "action", "evict")) {
        return evict(chunk);
    }
    if (text_is(line, "action", "flushOk")) {
        return flush_ok(chunk, output);
    }
    if (text_is(line, "action", "flushRetry")) {
        return flush_failed(chunk, output, false);
    }
    if (text_is(line, "action", "flushDrop")) {
        return flush_failed(chunk, output, true);
    }
    if (text_is(line, "action", "retryFire")) {
        return retry_due(chunk, output, FIRE);
    }
    if (text_is(line, "action", "retryFireOverLimit")) {
        return retry_due(chunk, output, FIRE_OVER_LIMIT);
    }
    if (text_is(line, "action", "reschedule")) {
        return retry_due(chunk, output, RESCHEDULE);
    }
    if (text_is(line, "action", "scheduleFail")) {
        return schedule_fail(chunk, output);
    }
    return false;
}

static void print_chunk(const struct chunk *chunk)
{
    if (chunk->storage == ABSENT) {
        printf("null");
        return;
    }
    printf("{\"chunk\":\"%s\"", storage_names[chunk->storage]);
    if (chunk->charged_to != NOBODY) {
        printf(",\"chargedTo\":%d", chunk->charged_to);
    }
    printf(",\"task\":\"%s\",\"delivery\":[", chunk->has_task ? "running" : "vacant");
    for (int o = 0; o < config.outputs; o++) {
        printf("%s\"%s\"", o > 0 ? "," : "", delivery_names[chunk->deliveries[o].state]);
    }
    printf("],\"retriesUsed\":[");
    for (int o = 0; o < config.outputs; o++) {
        printf("%s%d", o > 0 ? "," : "", chunk->deliveries[o].retries_used);
    }
    printf("]}");
}

static void print_state(void)
{
    printf("{\"type\":\"state\",\"state\":{\"slots\":[");
    for (int c = 0; c < config.chunks; c++) {
        printf("%s", c > 0 ? "," : "");
        print_chunk(&engine.chunks[c]);
    }
    printf("],\"engine\":\"%s\",\"output\":[", engine.running ? "running" : "stopped");
    for (int o = 0; o < config.outputs; o++) {
        printf("%s\"%s\"", o > 0 ? "," : "", engine.online[o] ? "online" : "offline");
    }
    printf("],\"overLimitUp\":[");
    for (int o = 0; o < config.outputs; o++) {
        printf("%s%d", o > 0 ? "," : "", engine.over_limit_up[o]);
    }
    printf("],\"up\":%d,\"tasks\":%d}}\n", engine.up, engine.tasks);
}

static void print_hello(void)
{
    printf("{\"type\":\"hello\",\"protocol\":1,\"name\":\"the C example");
    if (BROKEN != 0) {
        printf(", broken in way %d", BROKEN);
    }
    printf("\",\"actions\":[\"ingest\",\"dispatch\",\"dispatchWithoutTask\",\"evict\",\"flushOk\","
           "\"flushRetry\",\"flushDrop\",\"retryFire\",\"retryFireOverLimit\",\"reschedule\","
           "\"scheduleFail\",\"outputDown\",\"outputUp\",\"crash\",\"shutdown\"],"
           "\"releases\":[\"v3.0.1\",\"v3.0.4\",\"v5.1\",\"published-fix\",\"corrected-fix\","
           "\"hardened-fix\",\"evict-idle\"]}\n");
}

int main(void)
{
    static char line[1 << 16];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        if (text_is(line, "type", "hello")) {
            print_hello();
        } else if (text_is(line, "type", "bye")) {
            printf("{\"type\":\"bye\"}\n");
            return EXIT_SUCCESS;
        } else if (text_is(line, "type", "reset")) {
            const char *error = reset(line);
            if (error == NULL) {
                print_state();
            } else {
                printf("{\"type\":\"error\",\"error\":\"%s\"}\n", error);
            }
        } else if (text_is(line, "type", "act") && !act(line)) {
            printf("{\"type\":\"error\",\"error\":\"not enabled\"}\n");
        } else {
            print_state();
        }
        fflush(stdout);
    }
    return EXIT_FAILURE;
}
