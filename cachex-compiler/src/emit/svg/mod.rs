//! The graph as a picture: entities on the left, what is built from them to the right.
//!
//! A layered drawing: `layers` says in which column a node stands, `order` in which order those of a column stand so
//! that few edges cross, `place` at which height. This file knows sizes, colours and SVG.

#![expect(
    clippy::cast_precision_loss,
    reason = "lines of a node and characters of a line are far fewer than 2^52"
)]

mod layers;
mod order;
mod place;

use std::fmt::Write;

use super::drawing::{Drawing, Edge, Kind, Meaning, Node, draw};
use crate::model::Schema;
use layers::{Grid, Spot};

/// Of the names; the lines within a node are smaller.
const CHARACTER: f64 = 7.9;
const SMALL_CHARACTER: f64 = 6.7;
const HEADER: f64 = 28.0;
const LINE: f64 = 17.0;
const PADDING: f64 = 12.0;
/// Between columns: the edges need it.
const GAP: f64 = 110.0;
const MARGIN: f64 = 24.0;
/// Characters of a line; the rest stands in its tooltip.
const LONGEST: usize = 56;

/// A whole SVG document, ending in a line break.
pub fn svg(schema: &Schema) -> String {
    let drawing = draw(schema);
    let mut lines = vec![0; drawing.nodes.len()];
    for edge in &drawing.edges {
        if let Some(lines) = lines.get_mut(edge.to) {
            *lines += 1;
        }
    }
    let heights: Vec<_> = lines.into_iter().map(height).collect();
    let mut grid = layers::grid(&drawing, &heights);
    order::order(&mut grid);
    let boxes = frames(&drawing, &mut grid);
    place::place(&mut grid);
    let columns = columns(&grid, &boxes);
    let mut text = String::new();
    let page = Page {
        drawing: &drawing,
        boxes: &boxes,
        grid: &grid,
        columns: &columns,
    };
    page.write(&mut text);
    text
}

/// What stands in a node.
struct Frame {
    width: f64,
    height: f64,
    lines: Vec<String>,
}

/// One line for each edge that ends in a node, in the order in which they come in, so that they don't cross there.
fn frames(drawing: &Drawing, grid: &mut Grid) -> Vec<Frame> {
    let mut frames: Vec<_> = drawing
        .nodes
        .iter()
        .map(|node| Frame::of(&node.name))
        .collect();
    for edge in order::from_above(grid) {
        let (Some(way), Some(edge)) = (grid.ways.get_mut(edge), drawing.edges.get(edge)) else {
            continue;
        };
        if let (Some(end), Some(frame)) = (way.last_mut(), frames.get_mut(edge.to)) {
            end.port = port(frame.lines.len());
            frame.add(line(drawing, edge));
        }
    }
    frames
}

impl Frame {
    fn of(name: &str) -> Self {
        Self {
            width: name.chars().count() as f64 * CHARACTER + 2.0 * PADDING,
            height: height(0),
            lines: Vec::new(),
        }
    }

    fn add(&mut self, line: String) {
        let width = line.chars().count().min(LONGEST) as f64 * SMALL_CHARACTER;
        self.width = self.width.max(width + 2.0 * PADDING);
        self.lines.push(line);
        self.height = height(self.lines.len());
    }
}

fn height(lines: usize) -> f64 {
    let below = if lines == 0 { 0.0 } else { 6.0 };
    HEADER + lines as f64 * LINE + below
}

fn line(drawing: &Drawing, edge: &Edge) -> String {
    let from = drawing.nodes.get(edge.from).map_or("", |node| &node.name);
    match (edge.meaning, edge.labels.as_slice()) {
        (Meaning::Clears, []) => format!("{from}: any change"),
        (Meaning::Clears, labels) => format!("{from}: {}", labels.join(", ")),
        (Meaning::Touches, []) => format!("touched by {from}"),
        (Meaning::Touches, labels) => format!("touched by {from}: {}", labels.join(", ")),
        (Meaning::Builds, _) => format!("built from {from}"),
    }
}

/// How far below a node's top its line of that number meets its edge.
fn port(line: usize) -> f64 {
    HEADER + (line as f64 + 0.5) * LINE
}

/// Left edge and width of each column.
fn columns(grid: &Grid, boxes: &[Frame]) -> Vec<(f64, f64)> {
    let mut left = MARGIN;
    let columns = grid.columns.iter().map(|column| {
        let spots = column.iter().filter_map(|spot| grid.spots.get(*spot));
        let nodes = spots.filter_map(|spot| boxes.get(spot.node?));
        let width = nodes.map(|frame| frame.width).fold(0.0, f64::max);
        let column = (left, width);
        left += width + GAP;
        column
    });
    columns.collect()
}

struct Page<'a> {
    drawing: &'a Drawing,
    boxes: &'a [Frame],
    grid: &'a Grid,
    columns: &'a [(f64, f64)],
}

impl Page<'_> {
    fn write(&self, text: &mut String) {
        let right = self
            .columns
            .last()
            .map_or(0.0, |(left, width)| left + width);
        let bottoms = self.grid.spots.iter().map(|spot| spot.top + spot.height);
        let bottom = bottoms.fold(0.0, f64::max);
        let (width, height) = (right + MARGIN, bottom + 2.0 * MARGIN);
        // Writing into a String cannot fail, here and below.
        let _ = writeln!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\">"
        );
        text.push_str("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (index, edge) in self.drawing.edges.iter().enumerate() {
            self.edge(text, index, edge);
        }
        for spot in &self.grid.spots {
            if let Some(index) = spot.node
                && let (Some(node), Some(frame)) =
                    (self.drawing.nodes.get(index), self.boxes.get(index))
            {
                self.node(text, spot, node, frame);
            }
        }
        text.push_str("</svg>\n");
    }

    fn node(&self, text: &mut String, spot: &Spot, node: &Node, frame: &Frame) {
        let (left, top) = (self.left(spot), spot.top + MARGIN);
        let (width, height) = (frame.width, frame.height);
        let (fill, stroke, radius) = match node.kind {
            Kind::Entity => ("#f4f6fb", colour(spot.node), HEADER / 2.0),
            Kind::Cache => ("#ffffff", "#3d4451".to_owned(), 4.0),
        };
        let _ = writeln!(
            text,
            "<g><title>{}</title><rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"/>",
            escaped(node.description.as_deref().unwrap_or(&node.name)),
        );
        let x = left + PADDING;
        let _ = writeln!(
            text,
            "<text x=\"{x:.1}\" y=\"{:.1}\" font-weight=\"600\" fill=\"#1c2129\">{}</text>",
            top + HEADER / 2.0 + 4.5,
            escaped(&node.name),
        );
        for (index, line) in frame.lines.iter().enumerate() {
            let y = top + port(index) + 4.0;
            let _ = writeln!(
                text,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"11\" fill=\"#57606f\"><title>{}</title>{}</text>",
                escaped(line),
                escaped(&cut(line)),
            );
        }
        text.push_str("</g>\n");
    }

    /// Through the free places of the columns between, level where it enters and leaves each.
    fn edge(&self, text: &mut String, index: usize, edge: &Edge) {
        let Some(way) = self.grid.ways.get(index) else {
            return;
        };
        let points = way.iter().filter_map(|stop| {
            let spot = self.grid.spots.get(stop.spot)?;
            let (left, width) = self.columns.get(spot.column)?;
            let frame = spot.node.and_then(|node| self.boxes.get(node));
            let y = spot.top + MARGIN + stop.port;
            Some((*left, left + frame.map_or(*width, |frame| frame.width), y))
        });
        let points: Vec<_> = points.collect();
        let (dash, width, colour) = match edge.meaning {
            Meaning::Clears => ("", 1.4, colour(Some(edge.from))),
            Meaning::Touches => (" stroke-dasharray=\"5 4\"", 1.4, colour(Some(edge.from))),
            Meaning::Builds => ("", 2.0, "#3d4451".to_owned()),
        };
        let Some((_, right, y)) = points.first() else {
            return;
        };
        let mut path = format!("M{right:.1} {y:.1}");
        for pair in points.windows(2) {
            let [(_, from, y1), (left, right, y2)] = pair else {
                continue;
            };
            let middle = f64::midpoint(*from, *left);
            let _ = write!(
                path,
                " C{middle:.1} {y1:.1} {middle:.1} {y2:.1} {left:.1} {y2:.1}"
            );
            if pair.last() != points.last() {
                let _ = write!(path, " L{right:.1} {y2:.1}");
            }
        }
        let _ = writeln!(
            text,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-opacity=\"0.75\"{dash}/>"
        );
        if let Some((left, _, y)) = points.last() {
            let _ = writeln!(
                text,
                "<path d=\"M{:.1} {:.1} L{left:.1} {y:.1} L{:.1} {:.1} Z\" fill=\"{colour}\"/>",
                left - 7.0,
                y - 3.5,
                left - 7.0,
                y + 3.5,
            );
        }
    }

    fn left(&self, spot: &Spot) -> f64 {
        self.columns.get(spot.column).map_or(0.0, |(left, _)| *left)
    }
}

/// One of twelve for each entity, dark enough to be read on white, neighbours far apart.
fn colour(node: Option<usize>) -> String {
    let hue = node.unwrap_or(0) * 150 % 360;
    format!("hsl({hue}, 62%, 42%)")
}

fn cut(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let kept: String = line.chars().take(LONGEST - 1).collect();
    format!("{kept}…")
}

/// Text of XML, of which control characters are no part.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\t' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
