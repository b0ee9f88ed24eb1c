pub fn broken() {
    let open = (1, 2;
}
