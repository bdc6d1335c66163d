/*
 * What the border is measured against, and what measures its flows.
 *
 *   loop NAMESPACE IN OUT THREADS     carries frames between two links as the border does, and does nothing else: the same packet sockets
 *                                     (TPACKET_V2, PACKET_IGNORE_OUTGOING, PACKET_QDISC_BYPASS), the same batches (sendmmsg), by one
 *                                     thread for both directions or by one for each
 *   flows ADDRESS COUNT ROUNDS FROM   sends ROUNDS datagrams of each of COUNT flows, to ports from 10000 up, from port FROM
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

enum { FRAME = 2048, FRAMES = 4096, BLOCK = 1 << 18, BATCH = 64 };

struct side {
    int socket;
    unsigned char *ring;
    unsigned next;
    struct mmsghdr messages[BATCH];
    struct iovec vectors[BATCH];
};

static struct side sides[2];

static void set(int socket, int option, int value) {
    if (setsockopt(socket, SOL_PACKET, option, &value, sizeof value) < 0)
        err(1, "packet option %d", option);
}

static void open_side(struct side *side, const char *link) {
    struct tpacket_req ring = {
        .tp_block_size = BLOCK, .tp_block_nr = FRAME * FRAMES / BLOCK, .tp_frame_size = FRAME, .tp_frame_nr = FRAMES};
    struct sockaddr_ll at = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(link)};
    if ((side->socket = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, 0)) < 0)
        err(1, "socket");
    set(side->socket, PACKET_VERSION, TPACKET_V2);
    set(side->socket, PACKET_IGNORE_OUTGOING, 1);
    set(side->socket, PACKET_QDISC_BYPASS, 1);
    if (setsockopt(side->socket, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring) < 0)
        err(1, "ring");
    side->ring = mmap(0, FRAME * FRAMES, PROT_READ | PROT_WRITE, MAP_SHARED, side->socket, 0);
    if (side->ring == MAP_FAILED)
        err(1, "mmap");
    if (bind(side->socket, (struct sockaddr *)&at, sizeof at) < 0)
        err(1, "bind to %s", link);
}

static struct tpacket2_hdr *frame(struct side *side, unsigned ahead) {
    return (struct tpacket2_hdr *)(side->ring + (size_t)FRAME * ((side->next + ahead) % FRAMES));
}

static int is_ours(struct tpacket2_hdr *head) {
    return __atomic_load_n(&head->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER;
}

/* Carries what has come from one side to the other, a batch at most; how many. */
static int carry(struct side *from, struct side *to) {
    unsigned count = 0, sent = 0;
    while (count < BATCH && is_ours(frame(from, count))) {
        struct tpacket2_hdr *head = frame(from, count);
        from->vectors[count] = (struct iovec){(char *)head + head->tp_mac, head->tp_snaplen};
        from->messages[count].msg_hdr.msg_iov = &from->vectors[count];
        from->messages[count].msg_hdr.msg_iovlen = 1;
        count++;
    }
    while (sent < count) {
        int result = sendmmsg(to->socket, from->messages + sent, count - sent, 0);
        sent += result > 0 ? (unsigned)result : 1;
    }
    for (unsigned i = 0; i < count; i++)
        __atomic_store_n(&frame(from, i)->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    from->next = (from->next + count) % FRAMES;
    return (int)count;
}

_Noreturn static void *one_way(void *which) {
    struct side *from = which, *to = from == sides ? sides + 1 : sides;
    struct pollfd waiting = {from->socket, POLLIN, 0};
    for (;;)
        if (!carry(from, to))
            poll(&waiting, 1, -1);
}

static void loop(char **arguments) {
    int namespace = open(arguments[0], O_RDONLY);
    if (namespace < 0 || setns(namespace, CLONE_NEWNET) < 0)
        err(1, "%s", arguments[0]);
    open_side(sides, arguments[1]);
    open_side(sides + 1, arguments[2]);
    puts("ready");
    fflush(stdout);
    if (atoi(arguments[3]) == 2) {
        pthread_t other;
        pthread_create(&other, 0, one_way, sides + 1);
        one_way(sides);
    }
    struct pollfd waiting[2] = {{sides[0].socket, POLLIN, 0}, {sides[1].socket, POLLIN, 0}};
    for (;;)
        if (!(carry(sides, sides + 1) + carry(sides + 1, sides)))
            poll(waiting, 2, -1);
}

static void flows(char **arguments) {
    int sender = socket(AF_INET, SOCK_DGRAM, 0), count = atoi(arguments[1]), rounds = atoi(arguments[2]);
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[3]))};
    struct sockaddr_in to = {.sin_family = AF_INET};
    inet_pton(AF_INET, arguments[0], &to.sin_addr);
    if (sender < 0 || bind(sender, (struct sockaddr *)&from, sizeof from) < 0)
        err(1, "socket");
    char payload[64] = "of a flow";
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < count; i++) {
            to.sin_port = htons((uint16_t)(10000 + i));
            sendto(sender, payload, sizeof payload, 0, (struct sockaddr *)&to, sizeof to);
            if (i % 50 == 49)
                nanosleep(&(struct timespec){0, 2000000}, 0);
        }
}

int main(int count, char **arguments) {
    if (count == 6 && !strcmp(arguments[1], "loop"))
        loop(arguments + 2);
    else if (count == 6 && !strcmp(arguments[1], "flows"))
        flows(arguments + 2);
    else
        errx(2, "usage: border-loop loop NAMESPACE IN OUT THREADS | flows ADDRESS COUNT ROUNDS FROM");
    return 0;
}
